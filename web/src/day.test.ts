import { expect, test } from 'vitest'
import { midnight, ticks } from './day'

const hour = 3_600_000

test.each([
  [0.2, [0]],
  [3, [0, 1, 2]],
  [9.5, [0, 2, 4, 6, 8]],
  [14, [0, 3, 6, 9, 12]],
  [23.9, [0, 6, 12, 18]],
])('after %d h the hours below the bar are %j', (hours, want) => {
  expect(ticks(0, hours * hour).map((tick) => tick / hour)).toEqual(want)
})

test('a day begins at the reader’s midnight', () => {
  const now = Date.UTC(2026, 5, 1, 12, 30)
  const from = midnight(now)
  expect(new Date(from).getHours()).toBe(0)
  expect(now - from).toBeLessThan(24 * hour)
})
