// What the map tells the rest of the page, kept apart so that the page need not load the map's code.
import { signal } from '@preact/signals'

// The vehicle under the pointer (or chosen in the list) and where it is, in CSS pixels of the map.
export const hoverPlace = signal<{ id: number; x: number; y: number; right: boolean } | null>(null)

// Vehicles that were clicked on and lie on each other.
export const overlap = signal<{ ids: number[]; count: number; x: number; y: number } | null>(null)

// The part of the map that panels cover, in CSS pixels.
export const padding = signal({ top: 0, right: 0, bottom: 0, left: 0 })
