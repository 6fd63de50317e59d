import { unknownSpeed } from '../live/frame'
import { type Status, statusRank } from './status'
import type { Fleet } from './store'

export const sorts = ['state', 'name', 'speed', 'age'] as const
export type Sort = (typeof sorts)[number]

export interface Filter {
  search: string
  states: number // bit set of Status; 0 shows all
  sort: Sort
}

export function matches(fleet: Fleet, slot: number, words: string[], states: number): boolean {
  if (fleet.names[slot] === '') return false
  if (states !== 0 && (states & (1 << fleet.status[slot]!)) === 0) return false
  const text = fleet.texts[slot]!
  return words.every((word) => text.includes(word))
}

export function searchWords(search: string): string[] {
  return search.toLowerCase().split(/\s+/).filter(Boolean)
}

const places = 2 ** 20 // more than there are vehicles

// arrange gives the slots to show, in order; equal ones in the order of their names. Key and rank make one number
// each, which sorts ten times faster than a comparison function would.
export function arrange(fleet: Fleet, filter: Filter): Uint32Array {
  const words = searchWords(filter.search)
  const key = keyOf(fleet, filter.sort)
  const keys = new Float64Array(fleet.count)
  let n = 0
  for (let i = 0; i < fleet.count; i++) {
    if (matches(fleet, i, words, filter.states)) keys[n++] = key(i) * places + fleet.rank[i]!
  }
  const sorted = keys.subarray(0, n).sort()
  return Uint32Array.from(sorted, (k) => fleet.byRank[k % places]!)
}

// keyOf gives whole numbers from 0 up, the smallest first.
function keyOf(fleet: Fleet, sort: Sort): (slot: number) => number {
  switch (sort) {
    case 'state':
      return (i) => statusRank[fleet.status[i] as Status]
    case 'speed':
      return (i) => unknownSpeed - (fleet.speed[i] === unknownSpeed ? 0 : fleet.speed[i]!)
    case 'age':
      return (i) => (Number.isNaN(fleet.fixedAt[i]!) ? 1e9 : Math.round(fleet.age(i)))
    default:
      return () => 0
  }
}
