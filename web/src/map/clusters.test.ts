import { expect, test } from 'vitest'
import { mercatorX, mercatorY } from '../fleet/mercator'
import { Status } from '../fleet/status'
import { Fleet } from '../fleet/store'
import { light } from '../palette'
import { Clusters } from './clusters'

function at(...places: [longitude: number, latitude: number][]): Fleet {
  const fleet = new Fleet()
  fleet.applyNames(
    true,
    places.map((_, i) => ({ id: i + 1, name: `v${i + 1}` })),
    [],
  )
  places.forEach(([longitude, latitude], i) => {
    fleet.state[i] = 1
    fleet.status[i] = Status.Moving
    fleet.x[i] = mercatorX(longitude)
    fleet.y[i] = mercatorY(latitude)
  })
  return fleet
}

const look = (fleet: Fleet, selected: number | null = null, watched: number[] = []) => ({
  shown: Uint32Array.from({ length: fleet.count }, (_, i) => i),
  selected,
  hovered: null,
  watched,
  palette: light,
})

test('near vehicles are one, far ones themselves', () => {
  const fleet = at([10.001, 50.001], [10.002, 50.002], [10.003, 50.001], [20, 40])
  const clusters = new Clusters(fleet)
  clusters.update(look(fleet), true, 6)
  expect([0, 1, 2, 3].map(clusters.hides)).toEqual([true, true, true, false])
  const c = clusters.clusterOf(0)
  expect(clusters.sizes[c]).toBe(3)
  expect(Array.from(clusters.members(c))).toEqual([0, 1, 2])
  expect(clusters.x[c]).toBeCloseTo(mercatorX(10.002), -2)
})

test('who is selected, watched or in alarm is never hidden', () => {
  const fleet = at(...Array.from({ length: 6 }, (): [number, number] => [10, 50]))
  fleet.status[2] = Status.Alarm
  const clusters = new Clusters(fleet)
  clusters.update(look(fleet, 1, [2]), true, 6)
  expect([0, 1, 2, 3, 4, 5].map(clusters.hides)).toEqual([false, false, false, true, true, true])
})

test('off, and at street zoom, every vehicle is shown', () => {
  const fleet = at([10, 50], [10, 50])
  const clusters = new Clusters(fleet)
  for (const [on, zoom] of [
    [false, 6],
    [true, 17],
  ] as const) {
    clusters.update(look(fleet), on, zoom)
    expect(clusters.hides(0)).toBe(false)
    expect(clusters.count).toBe(0)
  }
})

test('many cells, on both sides of the date line', () => {
  const places = Array.from({ length: 4000 }, (_, i): [number, number] => [
    -179.5 + (359 * (i % 200)) / 199,
    -60 + 6 * Math.floor(i / 200),
  ])
  const fleet = at(...places, ...places)
  const clusters = new Clusters(fleet)
  clusters.update(look(fleet), true, 8)
  let covered = 0
  for (let c = 0; c < clusters.count; c++) covered += clusters.sizes[c]!
  expect(covered).toBe(8000)
  for (let i = 0; i < 4000; i++) expect(clusters.clusterOf(i)).toBe(clusters.clusterOf(i + 4000))
  expect(clusters.outdated(8.4)).toBe(false)
  expect(clusters.outdated(8.6)).toBe(true)
})
