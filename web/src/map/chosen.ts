// What the map tells the rest of the page and is told by it, kept apart so that the page need not load the map's code.
import { computed, effect, signal } from '@preact/signals'
import { paletteOf } from '../palette'
import { contrast, dark } from '../theme'

// The vehicle under the pointer (or chosen in the list) and where it is, in CSS pixels of the map.
export interface HoverPlace {
  id: number
  x: number
  y: number
  right: boolean // there is no room to the right of it
  low: boolean // there is none above it
}
export const hoverPlace = signal<HoverPlace | null>(null)

// Vehicles that were clicked on and lie on each other, and where that is.
export interface Overlap {
  ids: number[]
  count: number // of them; ids are the nearest
  x: number
  y: number
  left: number // room there, CSS pixels
  right: number
}
export const overlap = signal<Overlap | null>(null)

// The part of the map that panels cover, in CSS pixels.
export const padding = signal({ top: 0, right: 0, bottom: 0, left: 0 })

// The map's turn in degrees clockwise, for the compass.
export const bearing = signal(0)

// What buttons outside the map's code can ask of it; null while it is not there.
export interface MapControls {
  north(): void
  centre(): { longitude: number; latitude: number }
}
export const mapControls = signal<MapControls | null>(null)

export const bases = ['auto', 'day', 'night'] as const
export interface Layers {
  base: (typeof bases)[number]
  local: boolean // names as the place itself writes them, not in the reader's language
  clusters: boolean
  labels: boolean
  trails: boolean
}
const usual: Layers = { base: 'auto', local: false, clusters: false, labels: true, trails: true }

function kept(): Layers {
  try {
    return { ...usual, ...JSON.parse(localStorage.getItem('map') ?? '{}') }
  } catch {
    return usual
  }
}

// layers is what people chose to see on the map.
export const layers = signal(kept())
effect(() => {
  localStorage.setItem('map', JSON.stringify(layers.value))
})

export const choose = (change: Partial<Layers>): void => {
  layers.value = { ...layers.value, ...change }
}

// night says whether the base map is dark, which people may choose apart from the page.
export const night = computed(() =>
  layers.value.base === 'auto' ? dark.value : layers.value.base === 'night',
)
export const mapPalette = computed(() => paletteOf(night.value, contrast.value))
