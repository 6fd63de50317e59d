import { expect, test } from 'vitest'
import { extend, type TrailPoint } from './trail'

const minute = 60_000
const now = 100 * minute
const point = (time: number, longitude: number): TrailPoint => ({ time, longitude, latitude: 50, speed: 30 })

test('a newer place is added', () => {
  const trail = [point(now - 2 * minute, 1)]
  expect(extend(trail, point(now, 2), now)).toEqual([...trail, point(now, 2)])
})

test('a stand still is a place too, unless it is the same fix', () => {
  const trail = [point(now - 2 * minute, 1)]
  expect(extend(trail, point(now, 1), now)).toHaveLength(2)
  expect(extend(trail, point(now - 2 * minute + 900, 1), now)).toBe(trail)
})

test('an older place or none adds nothing', () => {
  const trail = [point(now - 2 * minute, 1)]
  expect(extend(trail, point(now - 3 * minute, 2), now)).toBe(trail)
  expect(extend(trail, null, now)).toBe(trail)
})

test('what is older than half an hour goes', () => {
  const trail = [point(now - 31 * minute, 1), point(now - 29 * minute, 2)]
  expect(extend(trail, null, now)).toEqual([trail[1]])
})
