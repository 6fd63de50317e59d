// What the page knows and what its people chose, as signals. The vehicles themselves are in the fleet's arrays.
import { computed, effect, signal } from '@preact/signals'
import type { User } from './api'
import { Fleet } from './fleet/store'
import { Arranger, type Sort, searchWords } from './fleet/view'

export const user = signal<User | null | undefined>(undefined) // undefined: not known yet
export const sessionEnded = signal(false)
export const fleet = new Fleet()

export const search = signal('')
export const states = signal(0) // bit set of Kind, 0: all
export const group = signal<string | null>(null) // path of the only branch of groups to show
export const sort = signal<Sort>('state')
export const selected = signal<number | null>(null) // a vehicle's id, as are the next two
export const cursor = signal<number | null>(null) // where the keyboard is in the list
export const cursorHead = signal<string | null>(null) // the group on whose head the keyboard is instead
export const hovered = signal<number | null>(null)
export const follow = signal(false)
export const mapPlace = signal<{ zoom: number; latitude: number; longitude: number } | null>(null)
export const ready = signal(false) // names and places have come
export const listHeld = signal(false) // the pointer is over the list: rows must not move away under it
export const sheet = signal<'low' | 'half' | 'full'>('half') // how far the phone's sheet is up
export type DialogName = 'help' | 'devices' | 'commands' | 'share'

export const dialog = signal<DialogName | null>(null)

// closeDialog leaves another one open: the browser says late that a dialog was closed.
export function closeDialog(name: DialogName): void {
  if (dialog.value === name) dialog.value = null
}

export const searching = computed(() => searchWords(search.value))

const arranger = new Arranger()
let held: { key: string; ids: Uint32Array } | null = null

// shown is the slots of the vehicles that search and filters leave, in the list's order, valid until it changes.
// While the list is held, what is there keeps its place.
export const shown = computed<Uint32Array>(() => {
  fleet.version.value
  const filter = { search: search.value, states: states.value, sort: sort.value, group: group.value }
  const fresh = arranger.arrange(fleet, filter)
  if (!listHeld.value) {
    held = null
    return fresh
  }
  const key = JSON.stringify(filter)
  if (held?.key !== key || held.ids.length !== fresh.length) {
    held = { key, ids: fresh.map((slot) => fleet.ids[slot]!) }
    return fresh
  }
  const slots = held.ids.map((id) => fleet.slot(id)) // −1 becomes the largest number
  return slots.every((slot) => slot < fleet.count) ? slots : fresh
})

export const isAdmin = computed(() => user.value?.role === 'admin')

export function select(id: number | null): void {
  if (selected.value !== id) follow.value = false
  selected.value = id
  if (id !== null) {
    cursor.value = id
    cursorHead.value = null
    if (sheet.value === 'low') sheet.value = 'half'
  }
}

export function toggleState(status: number): void {
  states.value ^= 1 << status
}

// A vehicle that was removed is no longer selected.
effect(() => {
  fleet.version.value
  if (ready.value && selected.value !== null && fleet.slot(selected.value) < 0) select(null)
})
