// What stands in the list: vehicles, and between them the heads of their groups, which fold.
import { Kind } from './status'
import type { Fleet } from './store'

export const headBit = 2 ** 31

export interface Tally {
  all: number
  moving: number
  alarms: number
}

// Rows is the list from top to bottom. An item is a vehicle's slot, or headBit + the place of a group in the tree;
// the place behind the last group is the section of alarms.
export interface Rows {
  items: Uint32Array
  heads: number[] // which of the items are heads
  tallies: Tally[] // by place in the tree, of the whole branch
  alarms: number // in their section
}

export const isHead = (item: number): boolean => item >= headBit

export const flatRows = (slots: Uint32Array): Rows => ({ items: slots, heads: [], tallies: [], alarms: 0 })

// groupRows orders arranged vehicles by their groups. Alarms stand first in a section of their own, whatever is
// folded; their groups still count them. A group that has no vehicle to show is not there.
export function groupRows(fleet: Fleet, slots: Uint32Array, folded: ReadonlySet<string>): Rows {
  const { tree, branch, kind } = fleet
  const tallies = tree.map(() => ({ all: 0, moving: 0, alarms: 0 }))
  const starts = new Uint32Array(tree.length + 1)
  let alarms = 0
  for (const slot of slots) {
    count(tallies[branch[slot]!]!, kind[slot] as Kind)
    if (kind[slot] === Kind.Alarm) alarms++
    else starts[branch[slot]! + 1]!++
  }
  for (let place = 0; place < tree.length; place++) starts[place + 1]! += starts[place]!
  const next = starts.slice()
  const sorted = new Uint32Array(slots.length)
  const items = new Uint32Array(slots.length + tree.length + 1)
  const heads: number[] = []
  let n = 0
  if (alarms > 0) {
    heads.push(n)
    items[n++] = headBit + tree.length
  }
  for (const slot of slots) {
    if (kind[slot] === Kind.Alarm) items[n++] = slot
    else sorted[next[branch[slot]!]!++] = slot
  }
  addUp(fleet, tallies)
  for (let place = 0; place < tree.length; ) {
    const group = tree[place]!
    if (tallies[place]!.all === 0) {
      place = group.end
      continue
    }
    heads.push(n)
    items[n++] = headBit + place
    if (folded.has(group.path)) {
      place = group.end
      continue
    }
    for (let i = starts[place]!; i < starts[place + 1]!; i++) items[n++] = sorted[i]!
    place++
  }
  return { items: items.subarray(0, n), heads, tallies, alarms }
}

function count(tally: Tally, kind: Kind): void {
  tally.all++
  if (kind === Kind.Moving) tally.moving++
  else if (kind === Kind.Alarm) tally.alarms++
}

// addUp counts each branch into the one above it; those below come later in the tree.
function addUp(fleet: Fleet, tallies: Tally[]): void {
  for (let place = fleet.tree.length - 1; place >= 0; place--) {
    const above = tallies[fleet.tree[place]!.parent]
    const own = tallies[place]!
    if (!above) continue
    above.all += own.all
    above.moving += own.moving
    above.alarms += own.alarms
  }
}
