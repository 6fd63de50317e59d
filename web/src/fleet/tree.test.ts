import { expect, test } from 'vitest'
import { flatRows, groupRows, headBit, isHead } from './rows'
import { Fleet } from './store'
import { growTree } from './tree'
import { Arranger } from './view'

const drawn = (paths: string[]) =>
  growTree(paths).map((group) => `${'  '.repeat(group.depth)}${group.name} ${group.parent} ${group.end}`)

test.each([
  ['nothing', [], []],
  ['one', ['North'], ['North -1 1']],
  ['those above that have no vehicles', ['A/B/C'], ['A -1 3', '  B 0 3', '    C 1 3']],
  [
    'siblings as people count, branches in one piece',
    ['Depot 10', 'Depot 2/b', 'Depot 2', 'Depot 2/a', 'Depot 2-x'],
    ['Depot 2 -1 3', '  a 0 2', '  b 0 3', 'Depot 2-x -1 4', 'Depot 10 -1 5'],
  ],
  ['vehicles without a group last', ['', 'Z'], ['Z -1 1', ' -1 2']],
])('the tree grows %s', (_, paths, want) => {
  expect(drawn(paths)).toEqual(want)
})

function yard(): Fleet {
  const fleet = new Fleet()
  const groups = ['North/Depot 2', 'North', 'South', 'North/Depot 2', '', 'South']
  fleet.applyNames(
    true,
    groups.map((group, i) => ({ id: i + 1, name: `v${i + 1}`, group })),
    [],
  )
  const count = groups.length
  fleet.applyFrame({
    kind: 'snapshot',
    serverTime: Date.now(),
    count,
    ids: Uint32Array.from(groups, (_, i) => i + 1),
    longitude: new Int32Array(count),
    latitude: new Int32Array(count),
    speed: new Uint16Array(count),
    heading: new Uint8Array(count),
    state: Uint8Array.from([3, 1, 1 | 8, 1, 2, 3]), // the third has an alarm
    age: new Uint8Array(count),
  })
  return fleet
}

function written(fleet: Fleet, folded: string[] = [], search = ''): string[] {
  const slots = new Arranger().arrange(fleet, { search, states: 0, sort: 'name' })
  const { items, heads, tallies } = groupRows(fleet, slots, new Set(folded))
  const atHeads = Array.from(items, (item, at) => (isHead(item) ? at : -1)).filter((at) => at >= 0)
  expect(heads).toEqual(atHeads)
  return Array.from(items, (item) => {
    if (!isHead(item)) return fleet.names[item]!
    const group = fleet.tree[item - headBit]
    if (!group) return '! alarms'
    const { all, moving, alarms } = tallies[item - headBit]!
    return `${group.path || '-'}: ${all} ${moving} ${alarms}`
  })
}

test('the list by groups: alarms first, each branch counted as a whole', () => {
  expect(written(yard())).toEqual([
    ...['! alarms', 'v3', 'North: 3 2 0', 'v2', 'North/Depot 2: 2 1 0', 'v1', 'v4'],
    ...['South: 2 0 1', 'v6', '-: 1 0 0', 'v5'],
  ])
})

test('a folded branch keeps its head and its count, but not the alarms back', () => {
  expect(written(yard(), ['North', 'South', ''])).toEqual([
    ...['! alarms', 'v3', 'North: 3 2 0', 'South: 2 0 1', '-: 1 0 0'],
  ])
  expect(written(yard(), ['North/Depot 2']).slice(2, 5)).toEqual([
    ...['North: 3 2 0', 'v2', 'North/Depot 2: 2 1 0'],
  ])
})

test('groups without a vehicle to show are not there', () => {
  expect(written(yard(), [], 'v6')).toEqual(['South: 1 0 0', 'v6'])
  expect(written(yard(), [], 'v9')).toEqual([])
  expect(flatRows(new Uint32Array([4, 2])).heads).toEqual([])
})

test('a branch alone can be shown', () => {
  const fleet = yard()
  const only = (group: string | null) =>
    Array.from(
      new Arranger().arrange(fleet, { search: '', states: 0, sort: 'name', group }),
      (slot) => fleet.names[slot],
    )
  expect(only('North')).toEqual(['v1', 'v2', 'v4'])
  expect(only('North/Depot 2')).toEqual(['v1', 'v4'])
  expect(only('')).toEqual(['v5'])
  expect(only('gone')).toEqual([])
  expect(only(null)).toHaveLength(6)
})

test('the tree follows changes of names', () => {
  const fleet = yard()
  fleet.applyNames(false, [{ id: 1, name: 'v1', group: 'East' }], [4, 5])
  expect(fleet.tree.map((group) => group.path)).toEqual(['East', 'North', 'South'])
  expect(written(fleet, ['North', 'South'])).toEqual([
    ...['! alarms', 'v3', 'East: 1 0 0', 'v1', 'North: 1 1 0', 'South: 2 0 1'],
  ])
})
