import { expect, test } from 'vitest'
import { join } from './trail'

const at = (x: number, y: number) => ({ x, y, strength: 1 })
const rounded = (side: [number, number]) => side.map((v) => Math.round(v * 1000) / 1000 + 0)

test.each([
  ['the start', undefined, at(0, 0), at(10, 0), [0, 1]],
  ['straight on', at(-10, 0), at(0, 0), at(10, 0), [0, 1]],
  ['the end', at(0, -10), at(0, 0), undefined, [-1, 0]],
  ['a right angle is wider', at(-10, 0), at(0, 0), at(0, 10), [-1, 1]],
  ['turning back is not', at(-10, 0), at(0, 0), at(-10, 0.01), [0, 1]],
] as const)('join: %s', (_, a, b, c, side) => {
  expect(rounded(join(a, b, c))).toEqual(side)
})

test('join crosses the date line the short way', () => {
  expect(rounded(join(at(2 ** 31 - 5, 0), at(-(2 ** 31), 0), undefined))).toEqual([0, 1])
})
