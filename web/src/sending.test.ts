import { expect, test } from 'vitest'
import type { CommandKind } from './api/protocols'
import { type CommandField, commandBody, isRisky, offeredKinds, troubleOf } from './sending'

const filled: Record<string, string> = {
  ...{ text: ' getinfo ', every_s: '30', output: '2', on: 'on', host: 'fleet.example', port: '5023' },
  ...{ apn: 'internet', user: '', secret: '' },
}
const entry = (field: CommandField) => filled[field] ?? ''

test.each<[CommandKind, object]>([
  ['locate', {}],
  ['custom', { text: ' getinfo ' }], // its spaces may count
  ['interval', { every_s: 30 }],
  ['output', { output: 2, on: true }],
  ['server', { host: 'fleet.example', port: 5023 }],
  ['apn', { apn: 'internet' }],
])('%s says what it needs and no more', (kind, body) => {
  expect(commandBody(kind, entry)).toEqual({ kind, ...body })
})

test('an output that is not on is off', () => {
  expect(commandBody('output', (field) => (field === 'output' ? '1' : 'off'))).toEqual({
    ...{ kind: 'output', output: 1, on: false },
  })
})

test('what a protocol has no words for is not offered', () => {
  expect(offeredKinds(['custom', 'locate', 'dance'])).toEqual(['locate', 'custom'])
  expect(offeredKinds(null)).toHaveLength(9)
})

test('what can harm is asked about first', () => {
  expect(offeredKinds(null).filter(isRisky)).toEqual(['output', 'immobilise', 'reboot'])
})

test.each([
  [409, 'The device has no open line now', 'noLine'],
  [409, 'Too many commands wait for the device', 'busy'],
  [409, 'The line did not take the command in time', null],
  [422, 'no open line', null],
])('%d %s', (status, message, trouble) => {
  expect(troubleOf({ status, message })).toBe(trouble)
})
