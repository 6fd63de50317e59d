import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Problem } from './api'
import { Fleet } from './fleet/store'
import { Places } from './places'

const asked: string[] = []
let fail: Problem | null = null
let places: Places
let fleet: Fleet

beforeEach(() => {
  vi.useFakeTimers()
  asked.length = 0
  fail = null
  fleet = new Fleet()
  places = new Places(async (latitude, longitude) => {
    asked.push(`${latitude} ${longitude}`)
    if (fail) throw fail
    return `near ${latitude}`
  })
})

afterEach(() => {
  vi.useRealTimers()
})

function put(id: number, latitude: number): number {
  fleet.applyFrame({
    kind: 'changes',
    serverTime: Date.now(),
    count: 1,
    ids: Uint32Array.of(id),
    longitude: Int32Array.of(10e7),
    latitude: Int32Array.of(Math.round(latitude * 1e7)),
    speed: Uint16Array.of(0),
    heading: Uint8Array.of(0),
    state: Uint8Array.of(1),
    age: Uint8Array.of(0),
  })
  return fleet.slot(id)
}

test('a place is asked for once, however many vehicles stand there', async () => {
  const slots = [put(1, 50.00001), put(2, 50.00002)]
  for (const slot of slots) expect(places.of(fleet, slot)).toBe('')
  await vi.advanceTimersByTimeAsync(2000)
  for (const slot of slots) expect(places.of(fleet, slot)).toBe('near 50')
  expect(asked).toEqual(['50 10'])
})

test('a vehicle keeps its last place until the next is known', async () => {
  places.of(fleet, put(1, 50))
  await vi.advanceTimersByTimeAsync(1000)
  places.of(fleet, fleet.slot(1))
  expect(places.of(fleet, put(1, 51))).toBe('near 50')
  await vi.advanceTimersByTimeAsync(1000)
  expect(places.of(fleet, fleet.slot(1))).toBe('near 51')
})

test('no more than a few a second are asked, those in sight first', async () => {
  for (let id = 1; id <= 200; id++) places.of(fleet, put(id, id / 10))
  await vi.advanceTimersByTimeAsync(1000)
  expect(asked.length).toBeGreaterThan(1)
  expect(asked.length).toBeLessThanOrEqual(5)
  expect(asked[0]).toBe('20 10')
  await vi.advanceTimersByTimeAsync(300_000)
  expect(asked.length).toBeLessThanOrEqual(70) // the others left sight long ago
})

test.each([
  [404, 1],
  [503, 2],
])('after %i it is asked %i times', async (status, times) => {
  fail = new Problem(status, 'no')
  const slot = put(1, 50)
  places.of(fleet, slot)
  await vi.advanceTimersByTimeAsync(1000)
  places.of(fleet, slot)
  await vi.advanceTimersByTimeAsync(1000)
  expect(asked.length).toBe(times)
})
