import { expect, test } from 'vitest'
import { headAbove, rowAt, topOf } from './window'

const heights = { row: 48, head: 30 }
const heads = [0, 3, 4, 9]

test('rows of two heights are found by arithmetic', () => {
  let top = 0
  for (let index = 0; index < 12; index++) {
    const height = heads.includes(index) ? heights.head : heights.row
    expect(topOf(heads, index, heights)).toBe(top)
    expect(rowAt(heads, 12, top, heights)).toBe(index)
    expect(rowAt(heads, 12, top + height - 1, heights)).toBe(index)
    top += height
  }
  expect(topOf(heads, 12, heights)).toBe(top)
  expect(rowAt(heads, 12, top + 1000, heights)).toBe(11)
  expect(rowAt([], 0, 500, heights)).toBe(0)
})

test('the head above a row', () => {
  expect([0, 1, 2, 3, 4, 8, 9, 11].map((row) => headAbove(heads, row))).toEqual([0, 0, 0, 3, 4, 4, 9, 9])
  expect(headAbove([], 3)).toBe(-1)
})
