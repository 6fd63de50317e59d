// What the page knows and what its people chose, as signals. The vehicles themselves are in the fleet's arrays.
import { computed, effect, signal } from '@preact/signals'
import type { User } from './api'
import { Fleet } from './fleet/store'
import { arrange, type Sort, searchWords } from './fleet/view'

export const user = signal<User | null | undefined>(undefined) // undefined: not known yet
export const sessionEnded = signal(false)
export const fleet = new Fleet()

export const search = signal('')
export const states = signal(0) // bit set of Status, 0: all
export const sort = signal<Sort>('state')
export const selected = signal<number | null>(null) // a vehicle's id, as are the next two
export const cursor = signal<number | null>(null) // where the keyboard is in the list
export const hovered = signal<number | null>(null)
export const follow = signal(false)
export const mapPlace = signal<{ zoom: number; latitude: number; longitude: number } | null>(null)
export const ready = signal(false) // names and places have come
export const listHeld = signal(false) // the pointer is over the list: rows must not move away under it
export const sheet = signal<'low' | 'half' | 'full'>('half') // how far the phone's sheet is up
export const dialog = signal<'help' | 'devices' | null>(null)

export const searching = computed(() => searchWords(search.value))

let held: { key: string; ids: number[] } | null = null

// shown is the slots of the vehicles that search and filters leave, in the list's order. While the list is held,
// what is there keeps its place.
export const shown = computed<Uint32Array>(() => {
  fleet.version.value
  const filter = { search: search.value, states: states.value, sort: sort.value }
  const key = JSON.stringify(filter)
  const fresh = arrange(fleet, filter)
  if (!listHeld.value || held?.key !== key || held.ids.length !== fresh.length) {
    held = { key, ids: Array.from(fresh, (i) => fleet.ids[i]!) }
    return fresh
  }
  const slots = new Uint32Array(held.ids.length)
  for (let n = 0; n < slots.length; n++) {
    const slot = fleet.slot(held.ids[n]!)
    if (slot < 0) return fresh
    slots[n] = slot
  }
  return slots
})

export const isAdmin = computed(() => user.value?.role === 'admin')

export function select(id: number | null): void {
  if (selected.value !== id) follow.value = false
  selected.value = id
  if (id !== null) {
    cursor.value = id
    if (sheet.value === 'low') sheet.value = 'half'
  }
}

// moveCursor goes n rows down the list (up if negative) and gives the id it reached.
export function moveCursor(n: number): void {
  const rows = shown.value
  if (rows.length === 0) return
  const from = cursor.value === null ? -1 : rows.indexOf(fleet.slot(cursor.value))
  const to = Math.max(0, Math.min(rows.length - 1, from + n))
  cursor.value = fleet.ids[rows[to]!]!
}

export function toggleState(status: number): void {
  states.value ^= 1 << status
}

// A vehicle that was removed is no longer selected.
effect(() => {
  fleet.version.value
  if (ready.value && selected.value !== null && fleet.slot(selected.value) < 0) select(null)
})
