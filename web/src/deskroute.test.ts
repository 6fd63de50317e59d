import { expect, test, vi } from 'vitest'

vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
const { parsePlace } = await import('./deskroute')

test.each([
  ['9.5/51.5/-0.12', { zoom: 9.5, latitude: 51.5, longitude: -0.12 }],
  ['0/0/0', { zoom: 0, latitude: 0, longitude: 0 }],
  [null, null],
  ['', null],
  ['9', null],
  ['9/91/0', null],
  ['25/0/0', null],
  ['9/0/181', null],
  ['a/b/c', null],
])('map=%s', (text, place) => {
  expect(parsePlace(text)).toEqual(place)
})
