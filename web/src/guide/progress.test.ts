import { expect, test } from 'vitest'
import { Fleet } from '../fleet/store'
import { knockOf, reached, slotOf } from './progress'

const added = { identity: '356307042441013', name: 'Van 1', vehicle: null, first: true }

function report(fleet: Fleet, id: number, state: number): void {
  fleet.applyFrame({
    kind: 'changes',
    serverTime: Date.now(),
    count: 1,
    ids: Uint32Array.of(id),
    longitude: Int32Array.of(0),
    latitude: Int32Array.of(0),
    speed: Uint16Array.of(0),
    heading: Uint8Array.of(0),
    state: Uint8Array.of(state),
    age: Uint8Array.of(0),
  })
}

test('a device is added, calls, and is located', () => {
  const fleet = new Fleet()
  expect(reached(fleet, added, false)).toBe('added')
  fleet.applyNames(true, [{ id: 7, name: 'Van 1' }], [])
  expect(slotOf(fleet, added)).toBe(0)
  expect(reached(fleet, added, false)).toBe('added')
  expect(reached(fleet, added, true)).toBe('called')
  report(fleet, 7, 0) // without a place
  expect(reached(fleet, added, false)).toBe('called')
  report(fleet, 7, 1)
  expect(reached(fleet, added, false)).toBe('located')
})

test('its vehicle is found by id, else by identity, else by name', () => {
  const fleet = new Fleet()
  fleet.applyNames(
    true,
    [
      { id: 1, name: 'Van 1' },
      { id: 2, name: 'other', identity: added.identity },
      { id: 3, name: 'third' },
      { id: 4, name: added.identity },
    ],
    [],
  )
  const found = (change: object) => fleet.ids[slotOf(fleet, { ...added, ...change })]
  expect(found({})).toBe(2)
  expect(found({ vehicle: 3 })).toBe(3)
  expect(found({ identity: 'x' })).toBe(1)
  expect(found({ identity: added.identity, name: '' })).toBe(2)
})

test('a knock is known by its identity', () => {
  const knock = {
    id: 1,
    protocol: 'gt06',
    identity: '1',
    address: '',
    first: '',
    last: '',
    count: 1,
    reason: '',
  }
  expect(knockOf([knock], '1')).toBe(knock)
  expect(knockOf([knock], '2')).toBeUndefined()
  expect(knockOf([{ ...knock, identity: '' }], '')).toBeUndefined()
})
