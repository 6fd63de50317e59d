import { expect, test, vi } from 'vitest'
import { type Command, findCommands } from './commands'
import { Fleet } from './fleet/store'

const fleet = new Fleet()
fleet.applyNames(
  true,
  [
    { id: 1, name: 'Van 1', plate: 'NI RE 729', group: 'North/Depot 2', driver: 'A. Moreau' },
    { id: 2, name: 'Van 12', plate: 'NI LI 507', group: 'South', phone: '+49 170 5550134' },
    { id: 3, name: 'Élan', plate: '', group: 'South', identity: '356307042441013' },
    ...Array.from({ length: 100 }, (_, i) => ({ id: 100 + i, name: `Lorry ${i}` })),
  ],
  [],
)
const runs = { vehicle: vi.fn(), group: vi.fn() }
const fixed: Command[] = [
  { kind: 'room', key: 'history', text: 'History', hint: '', run: vi.fn() },
  { kind: 'action', key: 'fit', text: 'Show the whole fleet', hint: '0', run: vi.fn() },
]
const found = (typed: string) => findCommands(fleet, fixed, typed, runs).map((command) => command.text)

test.each([
  ['', ['History', 'Show the whole fleet']],
  ['van 1', ['Van 1', 'Van 12']],
  ['moreau', ['Van 1']],
  ['1705550134', ['Van 12']],
  ['3563', ['Élan']],
  ['elan', ['Élan']],
  ['hist', ['History']],
  ['whole', ['Show the whole fleet']],
  ['zzz', []],
])('%j finds %j', (typed, want) => {
  expect(found(typed).slice(0, want.length || 1)).toEqual(want)
})

test('a group is found by its path', () => {
  const first = findCommands(fleet, fixed, 'depot', runs)[0]!
  expect([first.kind, first.text]).toEqual(['group', 'North/Depot 2'])
  first.run()
  expect(runs.group).toHaveBeenCalledWith('North/Depot 2')
})

test('a vehicle is opened by its id', () => {
  findCommands(fleet, fixed, 'van 12', runs)[0]!.run()
  expect(runs.vehicle).toHaveBeenCalledWith(2)
})

test('there are never more than people can look through, each once', () => {
  const all = findCommands(fleet, fixed, 'lorry', runs)
  expect(all).toHaveLength(40)
  expect(new Set(all.map((command) => command.key)).size).toBe(40)
})
