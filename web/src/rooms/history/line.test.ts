import { describe, expect, it } from 'vitest'
import { boxOf, ends, linesOf } from './line'
import { classOf } from './speeds'
import { trackOf } from './track'

const limits = [10, 50]

// track of fixes given as seconds, longitude and speed, all on one parallel.
function track(...fixes: [number, number, number][]) {
  return trackOf(
    1,
    fixes.map(([s, longitude, speed_kmh]) => ({
      ...{ time: new Date(s * 1000).toISOString(), valid: true, latitude: 1, longitude, speed_kmh },
    })),
  )
}

describe('linesOf', () => {
  const all = [0, 1e15] as const
  const shape = (t: ReturnType<typeof track>) =>
    linesOf(t, limits, ...all).features.map((f) => [
      f.properties.class,
      ...f.geometry.coordinates.map(([x]) => x),
    ])

  it('cuts where the class changes, without a hole', () => {
    const t = track([0, 1, 0], [10, 2, 20], [20, 3, 30], [30, 4, 70])
    expect(shape(t)).toEqual([
      [1, 1, 2, 3],
      [2, 3, 4],
    ])
  })
  it('tells gaps from lines, and leaves out those that end where they began', () => {
    const t = track([0, 1, 20], [10, 2, 20], [2000, 5, 20], [2010, 6, 20], [2020, 6, 0], [9000, 6, 0])
    expect(shape(t)).toEqual([
      [1, 1, 2],
      [-1, 2, 5],
      [1, 5, 6],
      [0, 6, 6],
    ])
  })
  it('crosses the date line the short way', () => {
    expect(shape(track([0, 179.5, 20], [10, -179.5, 20]))).toEqual([[1, 179.5, 180.5]])
  })
  it('shows only what is asked for', () => {
    const t = track([0, 1, 20], [10, 2, 20], [20, 3, 20])
    expect(linesOf(t, limits, 0, 10_000).features[0]!.geometry.coordinates).toHaveLength(2)
    expect(boxOf(t, 5000, 30_000)).toEqual([2, 1, 3, 1])
    expect(boxOf(t, 50_000, 60_000)).toBeNull()
    expect(ends(t, 5000, 15_000)[0]).toEqual([2, 1])
    expect(ends(t, 50_000, 60_000)).toEqual([])
  })
})

it('puts a speed into its class', () => {
  expect([Number.NaN, 0, 9.9, 10, 49, 50, 999].map((s) => classOf(s, limits))).toEqual([0, 0, 0, 1, 1, 2, 2])
})
