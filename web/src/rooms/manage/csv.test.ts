import { expect, test } from 'vitest'
import { firstRows } from './csv'

test.each([
  [
    'identity,name\r\n1,Van\r\n',
    [
      ['identity', 'name'],
      ['1', 'Van'],
    ],
  ],
  [
    'a,b\n1,\n2,x',
    [
      ['a', 'b'],
      ['1', ''],
      ['2', 'x'],
    ],
  ],
  ['a\n"Van, ""the old"""\n', [['a'], ['Van, "the old"']]],
  ['a\n"two\nlines"\n', [['a'], ['two\nlines']]],
  ['\ufeffa,b,', [['a', 'b', '']]],
  ['a\n"open', [['a'], ['open']]],
  ['', []],
])('%j', (text, rows) => {
  expect(firstRows(text, 10)).toEqual(rows)
})

test('no more rows are read than asked for', () => {
  expect(firstRows('a\n1\n2\n3', 2)).toEqual([['a'], ['1']])
})
