import { expect, test } from 'vitest'
import { Fleet } from '../fleet/store'
import { ageSeconds } from '../live/frame'
import { ageCode, frameOf, namesOf } from './frame'

test('every code of an age comes back', () => {
  for (let code = 0; code < 256; code++) expect(ageCode(ageSeconds(code))).toBe(code)
  expect(ageCode(1e12)).toBe(255)
})

test('a fleet that was kept is shown as it was', () => {
  const fleet = new Fleet()
  const serverTime = Date.parse('2026-03-14T09:26:53Z')
  fleet.applyNames(
    true,
    [
      { id: 7, name: 'Van 7', plate: 'AB 12', group: 'North' },
      { id: 9, name: 'Bus 9' },
    ],
    [],
  )
  fleet.applyFrame({
    kind: 'snapshot',
    serverTime,
    count: 1,
    ids: Uint32Array.of(7),
    longitude: Int32Array.of(26600000),
    latitude: Int32Array.of(485400000),
    speed: Uint16Array.of(471),
    heading: Uint8Array.of(64),
    state: Uint8Array.of(1),
    age: Uint8Array.of(4),
  })
  const again = new Fleet()
  again.applyNames(true, structuredClone(namesOf(fleet)), [])
  again.applyFrame(structuredClone(frameOf(fleet)))
  const slot = again.slot(7)
  expect([again.names[slot], again.plates[slot], again.groups[slot]]).toEqual(['Van 7', 'AB 12', 'North'])
  expect([again.longitude[slot], again.latitude[slot]]).toEqual([26600000, 485400000])
  expect(again.speedOf(slot)).toBe(47.1)
  expect(again.status[slot]).toBe(fleet.status[fleet.slot(7)])
  expect(Math.round(again.age(slot))).toBe(4)
  expect(again.named).toBe(2)
  expect(again.located(again.slot(9))).toBe(false)
})
