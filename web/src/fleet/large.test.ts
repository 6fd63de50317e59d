import { afterEach, expect, test, vi } from 'vitest'
import { groupRows } from './rows'
import { Fleet } from './store'
import { Arranger, type Sort, sorts } from './view'

const count = 50_000

function city(): Fleet {
  const fleet = new Fleet()
  const ids = Uint32Array.from({ length: count }, (_, i) => i + 1)
  fleet.applyNames(
    true,
    Array.from(ids, (id) => ({ id, name: `Van ${id}`, group: `Region ${id % 7}/Depot ${id % 91}` })),
    [],
  )
  fleet.applyFrame({
    kind: 'snapshot',
    serverTime: Date.now(),
    count,
    ids,
    longitude: new Int32Array(count),
    latitude: new Int32Array(count),
    speed: Uint16Array.from(ids, (id) => (id * 7919) % 1300),
    heading: new Uint8Array(count),
    state: Uint8Array.from(ids, (id) => (1 + (id % 3)) | (id % 1000 === 0 ? 8 : 0)),
    age: Uint8Array.from(ids, (id) => id % 200),
  })
  return fleet
}

const fleet = city()

afterEach(() => {
  vi.restoreAllMocks()
})

test.each(sorts)('50,000 vehicles sorted by %s are arranged without comparing', (sort: Sort) => {
  const sorting = [Array.prototype, Uint32Array.prototype, Float64Array.prototype].map((prototype) =>
    vi.spyOn(prototype as { sort: () => unknown }, 'sort'),
  )
  const comparing = vi.spyOn(Intl.Collator.prototype, 'compare', 'get')
  const arranger = new Arranger()
  const slots = arranger.arrange(fleet, { search: '', states: 0, sort })
  const { items } = groupRows(fleet, slots, new Set())
  for (const spy of [...sorting, comparing]) expect(spy).not.toHaveBeenCalled()
  expect(slots).toHaveLength(count)
  expect(items.length).toBeGreaterThan(count)
  expect(new Set(slots).size).toBe(count)
})

test('arranging again and again uses the same memory', () => {
  const arranger = new Arranger()
  const buffers = new Set<ArrayBufferLike>()
  for (let second = 0; second < 20; second++) {
    for (const sort of sorts) buffers.add(arranger.arrange(fleet, { search: '', states: 0, sort }).buffer)
  }
  expect(buffers.size).toBeLessThanOrEqual(2)
})

test('arranging takes time in proportion, a fraction of the second it has', () => {
  const arranger = new Arranger()
  const filter = { search: 'van', states: 0, sort: 'age' as const }
  arranger.arrange(fleet, filter)
  const started = performance.now()
  for (let n = 0; n < 10; n++) groupRows(fleet, arranger.arrange(fleet, filter), new Set())
  expect((performance.now() - started) / 10).toBeLessThan(150) // ms; about 8 on an idle machine
})
