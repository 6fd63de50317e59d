// What people chose about the list, and its rows: vehicles and the heads of their groups. The keyboard's place in it
// is a vehicle (cursor) or a head (cursorHead).
import { computed, signal } from '@preact/signals'
import { flatRows, groupRows, headBit, isHead, type Rows } from './fleet/rows'
import { headAbove } from './fleet/window'
import { density } from './preferences'
import { cursor, cursorHead, fleet, group, search, select, shown, states } from './state'

// What a row may say besides name and state.
export const facts = ['plate', 'place', 'group', 'driver', 'phone', 'identity', 'age'] as const
export type Fact = (typeof facts)[number]

const usual: readonly Fact[] = ['plate', 'place', 'age']
export const alarmsHead = '/alarms' // no group's path begins with a slash

function kept(name: string): string[] | null {
  try {
    const value = JSON.parse(globalThis.localStorage?.getItem(name) ?? 'null')
    return Array.isArray(value) ? value.map(String) : null
  } catch {
    return null
  }
}
const keep = (name: string, words: Iterable<string>): void =>
  localStorage.setItem(name, JSON.stringify([...words]))

export const inRows = signal<ReadonlySet<Fact>>(
  new Set(kept('list.facts')?.filter((name): name is Fact => facts.includes(name as Fact)) ?? usual),
)
export const grouped = signal(kept('list.grouped')?.[0] === 'yes')
export const folded = signal<ReadonlySet<string>>(new Set(kept('list.folded') ?? []))

export const heights = computed(() =>
  density.value === 'compact' ? { row: 28, head: 28 } : { row: 48, head: 32 },
)

export const rows = computed<Rows>(() =>
  grouped.value ? groupRows(fleet, shown.value, folded.value) : flatRows(shown.value),
)

export function toggleFact(fact: Fact): void {
  const next = new Set(inRows.value)
  if (!next.delete(fact)) next.add(fact)
  inRows.value = next
  keep('list.facts', next)
}

export function setGrouped(on: boolean): void {
  grouped.value = on
  cursorHead.value = null
  keep('list.grouped', on ? ['yes'] : [])
}

export function fold(path: string, on: boolean): void {
  const next = new Set(folded.value)
  if (on) next.add(path)
  else next.delete(path)
  setFolded(next)
}

export function setFolded(paths: ReadonlySet<string>): void {
  folded.value = paths
  keep('list.folded', paths)
}

export const foldAll = (): void => setFolded(new Set(fleet.tree.map((one) => one.path)))

export function showAll(): void {
  search.value = ''
  states.value = 0
  group.value = null
}

// pathOf is the path of the group whose head an item is.
export const pathOf = (item: number): string => fleet.tree[item - headBit]?.path ?? alarmsHead

// placeOf finds the row of a vehicle, -1 if it is not in the list.
export const placeOf = (id: number | null): number =>
  id === null ? -1 : rows.peek().items.indexOf(fleet.slot(id))

export function cursorPlace(): number {
  const path = cursorHead.value
  if (path === null) return placeOf(cursor.value)
  return rows.peek().heads.find((place) => pathOf(rows.peek().items[place]!) === path) ?? -1
}

// putCursor puts the keyboard on a row; beyond the ends means the ends.
export function putCursor(place: number): void {
  const { items } = rows.peek()
  const item = items[Math.max(0, Math.min(items.length - 1, place))]
  if (item === undefined) return
  cursorHead.value = isHead(item) ? pathOf(item) : null
  if (!isHead(item)) cursor.value = fleet.ids[item]!
}

export const moveCursor = (by: number): void => putCursor(cursorPlace() + by)

// enter selects the vehicle that the keyboard is on, or folds the group.
export function enter(): boolean {
  const path = cursorHead.value
  if (path === null) {
    if (cursor.value === null) return false
    select(cursor.value)
  } else if (path !== alarmsHead) fold(path, !folded.value.has(path))
  return true
}

// foldHere folds the group that the keyboard is in and goes to its head, or unfolds it.
export function foldHere(on: boolean): boolean {
  if (!grouped.value) return false
  const { heads, items } = rows.peek()
  const head = headAbove(heads, cursorPlace())
  if (head < 0) return false
  const path = pathOf(items[head]!)
  if (path === alarmsHead) return false
  cursorHead.value = path
  fold(path, on)
  return true
}
