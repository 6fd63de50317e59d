import { describe, expect, it } from 'vitest'
import { mostDays, pieces, totalsOf } from './days'
import type { Day, DaySegment } from './segments'
import { dayLength } from './zone'

function day(...segments: [DaySegment['state'], string, string, number][]): Day {
  const sums = { distance_m: 0, moving_s: 0, idle_s: 0, stopped_s: 0, silent_s: 0, max_speed_kmh: 0 }
  return {
    ...{ vehicle: 1, from: '', to: '', fixes: 1, ...sums },
    segments: segments.map(([state, from, to, distance_m]) => ({
      ...{ state, from: `2026-11-${from}Z`, to: `2026-11-${to}Z`, distance_m },
      ...{ max_speed_kmh: 60, start: null, end: null },
    })),
  }
}

describe('totalsOf', () => {
  it('counts each day that has reports, and shares a night’s trip', () => {
    const totals = totalsOf(
      day(
        ['moving', '18T08:00:00', '18T09:00:00', 40_000],
        ['silent', '18T09:00:00', '20T23:30:00', 0],
        ['moving', '20T23:30:00', '21T00:30:00', 60_000],
        ['stopped', '22T01:00:00', '22T02:00:00', 0],
      ),
      'UTC',
    )
    const brief = totals.map((t) => [new Date(t.from).getUTCDate(), t.distance, t.moving, t.trips])
    expect(brief).toEqual([
      [18, 40_000, 3600, 1],
      [20, 30_000, 1800, 1],
      [21, 30_000, 1800, 1],
      [22, 0, 0, 0],
    ])
  })
  it('goes by the days of the zone', () => {
    const [only] = totalsOf(day(['moving', '18T23:30:00', '18T23:40:00', 1000]), 'Europe/Berlin')
    expect(new Date(only!.from).toISOString()).toBe('2026-11-18T23:00:00.000Z')
  })
})

it.each([
  ['2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z', 'UTC', 12],
  ['2026-10-01T00:00:00Z', '2026-11-15T00:00:00Z', 'Europe/Berlin', 2],
  ['2026-11-20T06:00:00Z', '2026-11-20T18:00:00Z', 'UTC', 1],
])('asks for %s to %s in parts that the server answers', (from, to, zone, count) => {
  const parts = pieces(Date.parse(from), Date.parse(to), zone)
  expect(parts).toHaveLength(count)
  expect(parts[0]![1]).toBe(Date.parse(to))
  expect(parts.at(-1)![0]).toBe(Date.parse(from))
  for (const [n, [begin, end]] of parts.entries()) {
    expect(end - begin).toBeLessThanOrEqual(mostDays * dayLength)
    if (n > 0) expect(end).toBe(parts[n - 1]![0])
  }
})
