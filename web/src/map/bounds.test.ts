import { expect, test } from 'vitest'
import { mercatorX, mercatorY } from '../fleet/mercator'
import { Fleet } from '../fleet/store'
import { boundsOf } from './bounds'

function at(...places: [longitude: number, latitude: number][]) {
  const fleet = new Fleet()
  fleet.applyNames(
    true,
    places.map((_, id) => ({ id, name: `v${id}` })),
    [],
  )
  places.forEach(([longitude, latitude], i) => {
    fleet.state[i] = 1
    fleet.x[i] = mercatorX(longitude)
    fleet.y[i] = mercatorY(latitude)
  })
  const box = boundsOf(
    fleet,
    Uint32Array.from(places, (_, i) => i),
  )
  return box && [box.west, box.south, box.east, box.north].map((v) => Math.round(v * 1e4) / 1e4)
}

test('no vehicle, no box', () => {
  expect(at()).toBeNull()
})

test('one vehicle, a box of no size', () => {
  expect(at([2.35, 48.86])).toEqual([2.35, 48.86, 2.35, 48.86])
})

test('the smallest box', () => {
  expect(at([-0.1, 51.5], [13.4, 52.5], [2.3, 48.9])).toEqual([-0.1, 48.9, 13.4, 52.5])
})

test('across the date line', () => {
  expect(at([178, -18], [-179, -17], [175, -20])).toEqual([175, -20, 181, -17])
})
