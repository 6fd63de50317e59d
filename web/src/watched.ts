// Vehicles that someone keeps an eye on, besides the selected one: each has a colour, a ring and a trail on the map.
import { signal } from '@preact/signals'

export const watchedMost = 6 // as many as the palettes have colours

// ids, each at the place of its colour; null where a colour is free.
export const watched = signal<(number | null)[]>(parseWatched(globalThis.localStorage?.getItem('watched')))

// colourOf is the place of a vehicle's colour among the palette's watched, -1 if it is not watched.
export const colourOf = (id: number): number => watched.value.indexOf(id)

// toggleWatched begins or ends to watch a vehicle. Of more than there are colours, the first goes.
export function toggleWatched(id: number): void {
  const at = watched.value.indexOf(id)
  const next = [...watched.value]
  if (at >= 0) next[at] = null
  else {
    const free = next.indexOf(null)
    next[free >= 0 ? free : next.length < watchedMost ? next.length : 0] = id
  }
  while (next.at(-1) === null) next.pop()
  watched.value = next
  localStorage.setItem('watched', next.map((v) => v ?? '').join(','))
}

export function parseWatched(text: string | null | undefined): (number | null)[] {
  if (!text) return []
  const ids = text.split(',').map((part) => (/^[1-9]\d*$/.test(part) ? Number(part) : null))
  return ids.slice(0, watchedMost)
}
