import { describe, expect, it } from 'vitest'
import { before, gapOf, momentOf, type SaidFix, trackOf, valueAt } from './track'

const start = Date.parse('2026-11-20T10:00:00Z')
function said(seconds: number, longitude: number, latitude: number, more: object = {}): SaidFix {
  const time = new Date(start + seconds * 1000).toISOString()
  return { time, valid: true, longitude, latitude, speed_kmh: 36, course_deg: 90, attributes: {}, ...more }
}

describe('trackOf', () => {
  it('orders fixes and leaves out what has no place of its own', () => {
    const track = trackOf(1, [
      said(20, 2, 0),
      said(10, 1, 0),
      said(15, 9, 9, { valid: false }),
      said(16, 9, 9, { flags: ['jump'] }),
      said(17, 9, 9, { latitude: null }),
      said(18, 9, 9, { time: null }),
    ])
    expect([...track.longitude]).toEqual([1, 2])
  })
  it('collects numbers from both places, booleans as 0 and 1', () => {
    const track = trackOf(1, [
      said(0, 1, 0, { external_v: 12.5, attributes: { fuel_percent: 80, door: true, text: 'x' } }),
      said(10, 1, 0),
    ])
    expect([...track.values.keys()].sort()).toEqual(['door', 'external_v', 'fuel_percent', 'speed_kmh'])
    expect([...track.values.get('door')!]).toEqual([1, Number.NaN])
    expect(valueAt(track, 'fuel_percent', start + 12_000)).toBe(80)
    expect(valueAt(track, 'fuel_percent', start - 1)).toBeNaN()
    expect(valueAt(track, 'nothing', start)).toBeNaN()
  })
})

describe('momentOf', () => {
  const track = trackOf(1, [said(0, 10, 50), said(10, 10.001, 50, { speed_kmh: 72 }), said(2000, 11, 50)])
  it('is nowhere before the first fix', () => expect(momentOf(track, start - 1)).toBeNull())
  it('goes along the line', () => {
    const moment = momentOf(track, start + 5000)!
    expect(moment.longitude).toBeCloseTo(10.0005, 6)
    expect(moment.speed).toBeCloseTo(54)
    expect(moment.course).toBeCloseTo(90)
  })
  it('waits in a silence', () => {
    const moment = momentOf(track, start + 1_000_000)!
    expect(moment.longitude).toBe(10.001)
    expect(moment.silent).toBe(true)
  })
  it('stays at the last place', () => {
    expect(momentOf(track, start + 2_001_000)).toMatchObject({ longitude: 11, silent: false, age: 1000 })
  })
  it('crosses the date line the short way', () => {
    const over = trackOf(1, [said(0, 179.999, 0), said(10, -179.999, 0)])
    const { longitude, course } = momentOf(over, start + 7500)!
    expect(longitude).toBeCloseTo(-179.9995, 5)
    expect(course).toBeCloseTo(90)
  })
  it('keeps the said course where nothing moves', () => {
    const still = trackOf(1, [said(0, 1, 1, { course_deg: 33 }), said(10, 1, 1)])
    expect(momentOf(still, start + 5000)!.course).toBe(33)
  })
})

it('finds the fix before a time', () => {
  const time = Float64Array.from([10, 20, 20, 30])
  expect([5, 10, 19, 20, 99].map((t) => before(time, t))).toEqual([-1, 0, 0, 2, 3])
})

it('takes a tracker’s habit into account', () => {
  expect(gapOf(Float64Array.from([0, 10, 20, 30].map((m) => m * 60_000)))).toBe(40 * 60_000)
  expect(gapOf(Float64Array.from([0, 10, 20, 30].map((s) => s * 1000)))).toBe(300_000)
})
