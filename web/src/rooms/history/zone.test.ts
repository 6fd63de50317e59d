import { describe, expect, it } from 'vitest'
import { dayNumber, fromLocal, hour, offset, startOfDay, startOfMonth, ticks } from './zone'

const berlin = 'Europe/Berlin'
const at = (text: string) => Date.parse(text)

describe('the days of a zone', () => {
  it('knows its offset in summer and winter', () => {
    expect(offset(at('2026-07-01T12:00:00Z'), berlin)).toBe(2 * hour)
    expect(offset(at('2026-12-01T12:00:00.250Z'), berlin)).toBe(hour)
  })
  it.each([
    ['2026-11-20T23:30:00Z', 0, '2026-11-20T23:00:00Z'],
    ['2026-11-20T22:30:00Z', 0, '2026-11-19T23:00:00Z'],
    ['2026-03-29T12:00:00Z', 1, '2026-03-29T22:00:00Z'],
    ['2026-10-25T12:00:00Z', 1, '2026-10-25T23:00:00Z'],
    ['2026-11-20T12:00:00Z', -1, '2026-11-18T23:00:00Z'],
  ])('finds the midnight of %s and %i days', (time, days, midnight) => {
    expect(startOfDay(at(time), berlin, days)).toBe(at(midnight))
  })
  it('has days of 23 and 25 hours', () => {
    const length = (t: string) => startOfDay(at(t), berlin, 1) - startOfDay(at(t), berlin)
    expect(length('2026-03-29T12:00:00Z')).toBe(23 * hour)
    expect(length('2026-10-25T12:00:00Z')).toBe(25 * hour)
  })
  it('counts months and days', () => {
    expect(startOfMonth(at('2026-01-15T00:00:00Z'), berlin, -1)).toBe(at('2025-11-30T23:00:00Z'))
    const day = (t: string) => dayNumber(at(t), berlin)
    expect(day('2026-11-20T23:00:00Z') - day('2026-11-20T22:59:59Z')).toBe(1)
  })
  it('reads an hour that does not exist as the next', () => {
    expect(fromLocal(Date.UTC(2026, 2, 29, 2, 30), berlin)).toBe(at('2026-03-29T01:30:00Z'))
  })
})

describe('ticks', () => {
  it('are round in the zone', () => {
    const found = ticks(at('2026-11-20T23:00:00Z'), at('2026-11-21T23:00:00Z'), berlin, 8)
    expect(found).toHaveLength(9)
    expect(found[1]).toBe(at('2026-11-21T02:00:00Z'))
  })
  it('stay few for a year and for a minute', () => {
    const from = at('2026-01-01T00:00:00Z')
    expect(ticks(from, from + 365 * 24 * hour, berlin, 8).length).toBeLessThanOrEqual(9)
    expect(ticks(from, from + 60_000, 'Asia/Kolkata', 8).length).toBeLessThanOrEqual(2)
  })
})
