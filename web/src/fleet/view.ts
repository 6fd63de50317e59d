import { unknownSpeed } from '../live/frame'
import { searchWords } from './search'
import { Kind, kindRank } from './status'
import type { Fleet } from './store'
import type { Group } from './tree'

export { searchWords } from './search'

export const sorts = ['state', 'name', 'speed', 'age'] as const
export type Sort = (typeof sorts)[number]

export interface Filter {
  search: string
  states: number // bit set of Kind; 0 shows all
  sort: Sort
  group?: string | null // path of a branch of the tree; null shows all
}

export function matches(fleet: Fleet, slot: number, words: string[], states: number): boolean {
  if (fleet.names[slot] === '') return false
  if (states !== 0 && (states & (1 << fleet.kind[slot]!)) === 0) return false
  const text = fleet.texts[slot]!
  for (const word of words) if (!text.includes(word)) return false
  return true
}

const keyBits = 22 // two passes of 11: 48 days in seconds
const passBits = 11
const most = 2 ** keyBits - 1

// Arranger puts the vehicles that a filter leaves in order, alarms before all others and equal ones in the order of
// their names. It walks them in that order and sorts by whole numbers, counting instead of comparing: 50,000
// vehicles each second cost a few milliseconds and no garbage, since the arrays are used again.
export class Arranger {
  private slots = new Uint32Array(0)
  private keys = new Uint32Array(0)
  private otherSlots = new Uint32Array(0)
  private otherKeys = new Uint32Array(0)
  private readonly counts = new Uint32Array(2 ** passBits)

  // arrange gives slots, valid until it is called again.
  arrange(fleet: Fleet, filter: Filter): Uint32Array {
    this.reserve(fleet.ids.length)
    const key = keyOf(fleet, filter.sort)
    const words = searchWords(filter.search)
    const { from, end } = branchOf(fleet.tree, filter.group)
    let n = 0
    for (let place = 0; place < fleet.count; place++) {
      const slot = fleet.byRank[place]!
      if (!matches(fleet, slot, words, filter.states)) continue
      if (fleet.branch[slot]! < from || fleet.branch[slot]! >= end) continue
      this.slots[n] = slot
      this.keys[n++] = fleet.kind[slot] === Kind.Alarm ? 0 : key(slot)
    }
    if (filter.sort === 'state') this.pass(n, 0)
    else {
      this.pass(n, 0)
      this.pass(n, passBits)
    }
    return this.slots.subarray(0, n)
  }

  // pass sorts by some bits of the keys and keeps the order of those that are equal.
  private pass(n: number, shift: number): void {
    const { counts, keys, slots, otherKeys, otherSlots } = this
    counts.fill(0)
    const mask = counts.length - 1
    for (let i = 0; i < n; i++) counts[(keys[i]! >> shift) & mask]!++
    let before = 0
    for (let digit = 0; digit < counts.length; digit++) {
      const many = counts[digit]!
      counts[digit] = before
      before += many
    }
    for (let i = 0; i < n; i++) {
      const to = counts[(keys[i]! >> shift) & mask]!++
      otherKeys[to] = keys[i]!
      otherSlots[to] = slots[i]!
    }
    this.slots = otherSlots
    this.keys = otherKeys
    this.otherSlots = slots
    this.otherKeys = keys
  }

  private reserve(capacity: number): void {
    if (this.slots.length >= capacity) return
    this.slots = new Uint32Array(capacity)
    this.keys = new Uint32Array(capacity)
    this.otherSlots = new Uint32Array(capacity)
    this.otherKeys = new Uint32Array(capacity)
  }
}

function branchOf(tree: Group[], path: string | null | undefined): { from: number; end: number } {
  if (path == null) return { from: 0, end: Number.POSITIVE_INFINITY }
  const from = tree.findIndex((group) => group.path === path)
  return from < 0 ? { from: 0, end: 0 } : { from, end: tree[from]!.end }
}

// keyOf gives whole numbers from 1 up, the smallest first; 0 is for alarms.
function keyOf(fleet: Fleet, sort: Sort): (slot: number) => number {
  switch (sort) {
    case 'state':
      return (i) => 1 + kindRank[fleet.kind[i] as Kind]
    case 'speed':
      return (i) => 1 + unknownSpeed - (fleet.speed[i] === unknownSpeed ? 0 : fleet.speed[i]!)
    case 'age':
      return (i) => (fleet.fixedAt[i]! > 0 ? Math.min(most, 1 + Math.round(fleet.age(i))) : most)
    default:
      return () => 1
  }
}
