import { expect, test } from 'vitest'
import { accept, finish, holes, rest, tab } from './template'

const words = 'setparam {id}:{value}'
const known = [
  { name: 'id', help: 'number of the parameter', default: '10050' },
  { name: 'value', help: '', default: '' },
]

test('placeholders are found where they stand', () => {
  expect(holes(words)).toEqual([
    { name: 'id', start: 9, end: 13 },
    { name: 'value', start: 14, end: 21 },
  ])
  expect(holes('RELAY,1#')).toEqual([])
  expect(holes('{} { } {a{b}')).toEqual([{ name: 'b', start: 9, end: 12 }])
})

test('a template is put in with its first placeholder selected', () => {
  expect(accept(words)).toEqual({ text: words, start: 9, end: 13 })
  expect(accept('  getgps')).toEqual({ text: '  getgps', start: 8, end: 8 })
})

test('Tab fills defaults in and goes on, and round', () => {
  const first = tab(words, 9, 13, known)!
  expect(first).toEqual({ text: 'setparam 10050:{value}', start: 15, end: 22 })
  expect(tab(first.text, first.start, first.end, known)).toEqual(first)
  expect(tab('setparam 7:{value}', 10, 10, known)).toEqual({
    text: 'setparam 7:{value}',
    start: 11,
    end: 18,
  })
  expect(tab('{id} x', 0, 4, known)).toEqual({ text: '10050 x', start: 7, end: 7 })
  expect(tab('getgps', 6, 6, known)).toBeNull()
})

test('what is left takes its default; what has none is named', () => {
  expect(finish(words, known)).toEqual({ text: 'setparam 10050:{value}', missing: ['value'] })
  expect(finish('setparam 1:2', known)).toEqual({ text: 'setparam 1:2', missing: [] })
})

test.each([
  ['getgps', 'getg', 'ps'],
  ['getgps', 'GETG', 'ps'],
  ['getgps', 'getgpsx', null],
  ['  getgps', 'getgps', null],
  [words, 'set', 'param {id}:{value}'],
  [words, 'setparam ', '{id}:{value}'],
  [words, 'setparam 10', ':{value}'],
  [words, 'setparam 10050:', '{value}'],
  [words, 'setparam 10050:60', ''],
  [words, 'setparan 1', null],
  ['RELAY,{on}#', 'RELAY,1#', ''],
  ['RELAY,{on}#', 'RELAY,1#x', null],
])('of %j, after %j comes %j', (template, typed, expected) => {
  expect(rest(template, typed)).toBe(expected)
})
