import { expect, test } from 'vitest'
import { byKey, rowsInView } from './window'

test.each([
  [0, 0, { first: 0, end: 0 }],
  [5, 0, { first: 0, end: 5 }],
  [1000, 0, { first: 0, end: 18 }],
  [1000, 4000, { first: 92, end: 118 }],
  [1000, 39_600, { first: 982, end: 1000 }],
  [10, 4000, { first: 10, end: 10 }],
])('of %d rows, %d px down', (count, scrollTop, rows) => {
  expect(rowsInView(count, 40, scrollTop, 400)).toEqual(rows)
})

test('figures sort by size, texts by the language, and what is missing last', () => {
  const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })
  const sorted = (keys: (string | number | null)[]) => keys.toSorted((a, b) => byKey(collator, a, b))
  expect(sorted([10, null, 9])).toEqual([9, 10, null])
  expect(sorted(['van 10', '', 'Van 9', null])).toEqual(['Van 9', 'van 10', '', null])
})
