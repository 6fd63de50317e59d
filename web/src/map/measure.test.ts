import { expect, test } from 'vitest'
import { addPoint, distance, lengths, measuring, movePoint, removePoint, way } from './measure'

const place = (latitude: number, longitude: number) => ({ latitude, longitude })
const london = place(51.5074, -0.1278)
const paris = place(48.8566, 2.3522)

test.each([
  ['a degree along the equator', place(0, 0), place(0, 1), 111_195],
  ['London to Paris', london, paris, 343_556],
  ['over the date line', place(0, 179.5), place(0, -179.5), 111_195],
  ['half round', place(0, 0), place(0, 180), 20_015_115],
  ['nowhere', paris, paris, 0],
])('distance: %s', (_, a, b, metres) => {
  expect(distance(a, b)).toBeCloseTo(metres, -2)
  expect(distance(b, a)).toBeCloseTo(metres, -2)
})

test('a long way is bent, a short one is not, and both are as long as the distance', () => {
  const far = way(place(50, -120), place(50, 0))
  expect(Math.max(...far.map((p) => p.latitude))).toBeGreaterThan(65)
  const sum = far.slice(1).reduce((all, p, i) => all + distance(far[i]!, p), 0)
  expect(sum).toBeCloseTo(distance(place(50, -120), place(50, 0)), 0)
  expect(way(place(50, 8), place(50, 8.1))).toHaveLength(2)
})

test('a line grows, is moved and taken back', () => {
  addPoint(london)
  expect(measuring.value).toBeNull()
  measuring.value = []
  addPoint(london)
  addPoint(paris)
  addPoint(london)
  expect(lengths.value.map((m) => Math.round(m / 1000))).toEqual([344, 344])
  movePoint(2, paris)
  expect(lengths.value[1]).toBe(0)
  removePoint()
  removePoint()
  removePoint()
  removePoint()
  expect(measuring.value).toEqual([])
})
