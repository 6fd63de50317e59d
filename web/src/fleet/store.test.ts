import { expect, test, vi } from 'vitest'
import type { Frame } from '../live/frame'
import { latitudeOf, longitudeOf, mercatorX, mercatorY } from './mercator'
import { Status } from './status'
import { Fleet } from './store'
import { Arranger, type Sort } from './view'

interface Sent {
  id: number
  state?: number
  longitude?: number
  latitude?: number
  speed?: number
  age?: number
}

const time = Date.UTC(2026, 5, 1)

function frame(kind: Frame['kind'], sent: Sent[], serverTime = time): Frame {
  return {
    kind,
    serverTime,
    count: sent.length,
    ids: Uint32Array.from(sent, (v) => v.id),
    longitude: Int32Array.from(sent, (v) => (v.longitude ?? 10) * 1e7),
    latitude: Int32Array.from(sent, (v) => (v.latitude ?? 50) * 1e7),
    speed: Uint16Array.from(sent, (v) => v.speed ?? 0),
    heading: new Uint8Array(sent.length),
    state: Uint8Array.from(sent, (v) => v.state ?? 1),
    age: Uint8Array.from(sent, (v) => v.age ?? 0),
  }
}

function named(...names: string[]): Fleet {
  const fleet = new Fleet()
  fleet.applyNames(
    true,
    names.map((name, i) => ({ id: i + 1, name, plate: `P ${i + 1}`, group: i % 2 ? 'North' : 'South' })),
    [],
  )
  return fleet
}

function order(fleet: Fleet, sort: Sort, search = '', states = 0): number[] {
  return Array.from(new Arranger().arrange(fleet, { search, states, sort }), (slot) => fleet.ids[slot]!)
}

test('a vehicle is counted by what it does, and by how long it has been silent', () => {
  vi.useFakeTimers({ now: time, toFake: ['Date'] })
  const fleet = named('a', 'b', 'c', 'd', 'e', 'f')
  expect(Array.from(fleet.counts)).toEqual([0, 0, 0, 0, 0, 6, 0])
  fleet.applyFrame(
    frame('snapshot', [
      { id: 1, state: 1 },
      { id: 2, state: 2 },
      { id: 3, state: 3 },
      { id: 4, state: 1, age: 149 }, // 31 min
      { id: 5, state: 1 | 8 },
    ]),
  )
  expect(Array.from(fleet.counts)).toEqual([1, 1, 1, 1, 1, 1, 0])
  vi.setSystemTime(time + 6 * 60_000)
  fleet.tick()
  expect(fleet.stale[fleet.slot(1)]).toBe(1)
  expect(fleet.status[fleet.slot(1)]).toBe(Status.Moving)
  expect(Array.from(fleet.counts)).toEqual([0, 0, 0, 1, 1, 1, 3])
  vi.setSystemTime(time + 31 * 60_000)
  fleet.tick()
  expect(fleet.status[fleet.slot(1)]).toBe(Status.Offline)
  vi.useRealTimers()
})

test('a snapshot forgets places that are not in it, changes do not', () => {
  const fleet = named('a', 'b')
  fleet.applyFrame(frame('snapshot', [{ id: 1 }, { id: 2 }]))
  fleet.applyFrame(frame('changes', [{ id: 1, longitude: 11 }]))
  expect(fleet.located(fleet.slot(2))).toBe(true)
  expect(fleet.longitude[fleet.slot(1)]).toBe(11e7)
  fleet.applyFrame(frame('snapshot', [{ id: 1 }]), false) // only what is in view
  expect(fleet.located(fleet.slot(2))).toBe(true)
  fleet.applyFrame(frame('snapshot', [{ id: 1 }]))
  expect(fleet.located(fleet.slot(2))).toBe(false)
})

test('slots follow their vehicles when others go, whatever the number', () => {
  const fleet = new Fleet()
  const ids = Array.from({ length: 1000 }, (_, i) => i + 1)
  fleet.applyNames(
    true,
    ids.map((id) => ({ id, name: `v${id}` })),
    [],
  )
  fleet.applyFrame(
    frame(
      'snapshot',
      ids.map((id) => ({ id, longitude: id / 10 })),
    ),
  )
  const gone = ids.filter((id) => id % 3 === 0)
  fleet.applyNames(false, [], gone)
  expect(fleet.named).toBe(667)
  for (const id of ids) {
    const slot = fleet.slot(id)
    if (id % 3 === 0) expect(slot).toBe(-1)
    else
      expect([fleet.ids[slot], fleet.longitude[slot], fleet.names[slot]]).toEqual([
        id,
        (id / 10) * 1e7,
        `v${id}`,
      ])
  }
  expect(order(fleet, 'name').slice(0, 3)).toEqual([1, 2, 4])
})

test('a vehicle that has no name yet is not shown', () => {
  const fleet = named('a')
  fleet.applyFrame(frame('snapshot', [{ id: 1 }, { id: 9 }]))
  expect(order(fleet, 'name')).toEqual([1])
  expect(fleet.counts[Status.Moving]).toBe(1)
  fleet.applyNames(false, [{ id: 9, name: 'nine' }], [])
  expect(order(fleet, 'name')).toEqual([1, 9])
})

test('the list sorts as people count, and alarms come first', () => {
  const fleet = named('Van 10', 'Van 9', 'ambulance', 'Élan')
  fleet.applyFrame(
    frame('snapshot', [
      { id: 1, state: 3, speed: 0, age: 3 },
      { id: 2, state: 1, speed: 500, age: 9 },
      { id: 3, state: 1, speed: 900, age: 1 },
      { id: 4, state: 1 | 8, speed: 100, age: 6 },
    ]),
  )
  expect(order(fleet, 'name')).toEqual([4, 3, 2, 1])
  expect(order(fleet, 'state')).toEqual([4, 3, 2, 1])
  expect(order(fleet, 'speed')).toEqual([4, 3, 2, 1])
  expect(order(fleet, 'age')).toEqual([4, 3, 1, 2])
})

test('search looks at name, plate and group; every word counts', () => {
  const fleet = named('Van 1', 'Van 2', 'Truck 3')
  fleet.applyFrame(
    frame('snapshot', [
      { id: 1, state: 1 },
      { id: 2, state: 2 },
      { id: 3, state: 1 },
    ]),
  )
  expect(order(fleet, 'name', 'van')).toEqual([1, 2])
  expect(order(fleet, 'name', 'p 3')).toEqual([3])
  expect(order(fleet, 'name', ' VAN  north')).toEqual([2])
  expect(order(fleet, 'name', '', 1 << Status.Moving)).toEqual([3, 1])
  expect(order(fleet, 'name', 'van', 1 << Status.Moving)).toEqual([1])
})

test('a vehicle glides from where it was shown to where it is, the short way round the world', () => {
  vi.useFakeTimers({ now: time, toFake: ['performance'] })
  const fleet = named('a')
  fleet.applyFrame(frame('snapshot', [{ id: 1, longitude: 179.99 }]))
  vi.advanceTimersByTime(1000)
  fleet.applyFrame(frame('changes', [{ id: 1, longitude: -179.99 }]))
  const slot = fleet.slot(1)
  expect(fleet.progress(performance.now())).toBe(0)
  expect(longitudeOf(fleet.shownX(slot, 0))).toBeCloseTo(179.99, 6)
  expect(Math.abs(longitudeOf(fleet.shownX(slot, 0.5)))).toBeCloseTo(180, 6)
  vi.advanceTimersByTime(1500)
  expect(fleet.progress(performance.now())).toBe(1)
  expect(longitudeOf(fleet.shownX(slot, 1))).toBeCloseTo(-179.99, 6)
  vi.useRealTimers()
})

test('a coarse age does not make an old fix newer', () => {
  vi.useFakeTimers({ now: time, toFake: ['Date'] })
  const fleet = named('a')
  fleet.applyFrame(frame('snapshot', [{ id: 1, state: 3, age: 148 }])) // 30 min
  const fixedAt = fleet.fixedAt[fleet.slot(1)]
  vi.setSystemTime(time + 40_000)
  fleet.applyFrame(frame('snapshot', [{ id: 1, state: 3, age: 148 }], time + 40_000))
  expect(fleet.fixedAt[fleet.slot(1)]).toBe(fixedAt)
  fleet.applyFrame(frame('changes', [{ id: 1, state: 3, age: 2 }], time + 40_000))
  expect(fleet.fixedAt[fleet.slot(1)]).toBe(time + 38_000)
  vi.useRealTimers()
})

test('Mercator and back', () => {
  for (const longitude of [-180, -0.1278, 0, 1e-7, 179.9999999]) {
    expect(longitudeOf(mercatorX(longitude))).toBeCloseTo(longitude, 6)
  }
  for (const latitude of [-85, -33.9, 0, 51.5072, 85]) {
    expect(latitudeOf(mercatorY(latitude))).toBeCloseTo(latitude, 6)
  }
  expect(mercatorY(90)).toBe(mercatorY(85.06))
})
