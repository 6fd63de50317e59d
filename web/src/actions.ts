// What can be done with the selected vehicle, for buttons, keys and the palette alike. Each gives whether it was done.
import { go } from './route'
import { dialog, fleet, follow, selected } from './state'
import { toggleWatched } from './watched'

export function toggleFollow(): boolean {
  const slot = selected.value === null ? -1 : fleet.slot(selected.value)
  if (slot < 0 || !fleet.located(slot)) return false
  follow.value = !follow.value
  return true
}

export function watchSelected(): boolean {
  if (selected.value === null) return false
  toggleWatched(selected.value)
  return true
}

export const historyOf = (id: number): string => `/history?vehicle=${id}`

export function openHistory(): boolean {
  if (selected.value === null) return false
  go(historyOf(selected.value))
  return true
}

export function shareSelected(): boolean {
  if (selected.value === null) return false
  dialog.value = 'share'
  return true
}
