import { describe, expect, it } from 'vitest'
import { readView, type View, writeView } from './address'

const now = Date.parse('2026-11-21T10:00:00Z')
const read = (search: string) => readView(search, now, 'UTC')

describe('the address', () => {
  it('is today without a query', () => {
    const view = read('')
    expect(new Date(view.from).toISOString()).toBe('2026-11-21T00:00:00.000Z')
    expect(view.to - view.from).toBe(86_400_000)
    expect(view.vehicles).toEqual([])
    expect(view.time).toBeNaN()
  })
  it('comes back as it was written', () => {
    const view: View = {
      vehicles: [7, 3],
      from: now - 7_200_000,
      to: now,
      time: now - 3_600_000,
      speed: 300,
      charts: ['external_v'],
    }
    expect(read(writeView(view))).toEqual(view)
  })
  it.each([
    ['?vehicle=1,x,-2,1,3', { vehicles: [1, 3] }],
    ['?from=2026-11-19T00:00:00Z', { to: Date.parse('2026-11-20T00:00:00Z') }],
    ['?to=2026-11-20T00:00:00Z', { from: Date.parse('2026-11-19T00:00:00Z') }],
    ['?from=2026-11-20T00:00:00Z&to=2026-11-19T00:00:00Z', { from: Date.parse('2026-11-21T00:00:00Z') }],
    ['?from=2020-11-20T00:00:00Z&to=2026-11-19T00:00:00Z', { from: Date.parse('2026-11-21T00:00:00Z') }],
    ['?speed=7', { speed: 60 }],
    ['?time=2026-10-01T00:00:00Z', { time: Number.NaN }],
    ['?charts=', { charts: [] }],
  ])('makes sense of %s', (search, want) => {
    expect(read(search)).toMatchObject(want)
  })
})
