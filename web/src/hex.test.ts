import { expect, test } from 'vitest'
import { byteNamed, decoded, hexRows, runsOf } from './hex'

test('hex is cut into rows with its ASCII beside', () => {
  expect(hexRows('2a48512c0d0a7e7f', 6)).toEqual([
    { offset: 0, bytes: ['2a', '48', '51', '2c', '0d', '0a'], ascii: '*HQ,··' },
    { offset: 6, bytes: ['7e', '7f'], ascii: '~·' },
  ])
  expect(hexRows('', 16)).toEqual([])
})

test.each([
  ['longitude at byte 19: frame too short', 19],
  ['record 2 at byte 40: speed at byte 52: value out of range', 52],
  ['checksum: 1234 is not 4321', null],
  ['', null],
  [null, null],
])('%s', (error, at) => {
  expect(byteNamed(error)).toBe(at)
})

const row = hexRows('00112233445566778899', 16)[0]!
const shown = (named: number | null, of = row) => runsOf(of, named).map((r) => [r.kind, r.gap + r.hex])

test('a row is parted at the byte that an error names', () => {
  expect(shown(null)).toEqual([['plain', '00 11 22 33 44 55 66 77  88 99']])
  expect(shown(2)).toEqual([
    ['plain', '00 11'],
    ['named', ' 22'],
    ['after', ' 33 44 55 66 77  88 99'],
  ])
  expect(shown(8)).toEqual([
    ['plain', '00 11 22 33 44 55 66 77'],
    ['named', '  88'],
    ['after', ' 99'],
  ])
})

test('rows before the byte are plain, rows behind it were not read', () => {
  expect(shown(10)).toEqual([['plain', '00 11 22 33 44 55 66 77  88 99']]) // behind the last byte
  const second = { ...row, offset: 16 }
  expect(shown(3, second)).toEqual([['after', '00 11 22 33 44 55 66 77  88 99']])
  expect(shown(16, second)[0]).toEqual(['named', '00'])
})

test('what a frame says is a list of paths and values', () => {
  const position = {
    time: null,
    valid: true,
    alarms: ['sos', 'power'],
    cell: { mcc: 262 },
    attributes: { io1: 0 },
  }
  expect(decoded(position)).toEqual([
    ['valid', 'true'],
    ['alarms', 'sos, power'],
    ['cell.mcc', '262'],
    ['io1', '0'],
  ])
  expect(decoded({ parts: [{ a: 1 }, { a: 2 }], none: [] })).toEqual([
    ['parts.1.a', '1'],
    ['parts.2.a', '2'],
  ])
})
