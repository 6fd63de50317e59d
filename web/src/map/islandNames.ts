// The names on the demo island.
import type { FilterSpecification, StyleSpecification } from 'maplibre-gl'
import type { IslandPaint } from './islandPaint'

type Layers = StyleSpecification['layers']
type Layer = Layers[number]

const regular = ['Inter']
const medium = ['Inter Medium']
const semibold = ['Inter Semibold']

export const from = (layer: string) => ({ source: 'island', 'source-layer': layer })
export const kind = (...kinds: string[]): FilterSpecification => ['in', ['get', 'kind'], ['literal', kinds]]

export function islandNames(paint: IslandPaint): Layers {
  return [
    points(paint),
    ...along(paint),
    numbers(paint),
    waterway(paint),
    area('parks', ['park'], paint.parkText, paint, 12.6),
    area('works', ['industry', 'airport'], paint.workText, paint, 12.2),
    area('lakes', ['water'], paint.waterText, paint, 9.5),
    towns(paint),
  ]
}

const halo = (paint: IslandPaint, width = 1.4) => ({
  'text-halo-color': paint.halo,
  'text-halo-width': width,
})

function along(paint: IslandPaint): Layers {
  const street = (
    id: string,
    classes: string[],
    minzoom: number,
    sizes: number[],
    font: string[],
  ): Layer => ({
    id: `island-${id}-names`,
    type: 'symbol',
    ...from('road'),
    minzoom,
    filter: ['in', ['get', 'class'], ['literal', classes]],
    layout: {
      'symbol-placement': 'line',
      'symbol-spacing': 320,
      'text-field': ['get', 'name'],
      'text-font': font,
      'text-size': ['interpolate', ['linear'], ['zoom'], minzoom, sizes[0]!, 18, sizes[1]!],
      'text-letter-spacing': 0.01,
      'text-max-angle': 28,
      'text-padding': 4,
    },
    paint: { 'text-color': paint.streetText, ...halo(paint) },
  })
  return [
    street('street', ['residential', 'service'], 14.2, [10, 13.5], regular),
    street('avenue', ['secondary'], 12.8, [10, 14], regular),
    street('main', ['primary', 'trunk'], 12, [10.5, 14.5], medium),
  ]
}

// numbers are the roads' numbers, on a small shield made of the halo.
const numbers = (paint: IslandPaint): Layer => ({
  id: 'island-numbers',
  type: 'symbol',
  ...from('road'),
  minzoom: 9.5,
  filter: ['all', ['has', 'ref'], ['in', ['get', 'class'], ['literal', ['motorway', 'trunk', 'primary']]]],
  layout: {
    'symbol-placement': 'line',
    'symbol-spacing': 380,
    'text-field': ['get', 'ref'],
    'text-font': semibold,
    'text-size': ['interpolate', ['linear'], ['zoom'], 9.5, 9.5, 15, 12],
    'text-rotation-alignment': 'viewport',
    'text-pitch-alignment': 'viewport',
    'text-padding': 24,
  },
  paint: {
    'text-color': paint.shieldText,
    'text-halo-color': paint.shield,
    'text-halo-width': 3,
  },
})

const waterway = (paint: IslandPaint): Layer => ({
  id: 'island-river-names',
  type: 'symbol',
  ...from('water'),
  minzoom: 12,
  filter: kind('stream'),
  layout: {
    'symbol-placement': 'line',
    'symbol-spacing': 500,
    'text-field': ['get', 'name'],
    'text-font': ['Inter'],
    'text-size': ['interpolate', ['linear'], ['zoom'], 12, 10.5, 16, 14],
    'text-letter-spacing': 0.12,
    'text-max-angle': 25,
  },
  paint: { 'text-color': paint.waterText, 'text-halo-color': paint.water, 'text-halo-width': 1 },
})

function area(id: string, kinds: string[], color: string, paint: IslandPaint, minzoom: number): Layer {
  return {
    id: `island-${id}-names`,
    type: 'symbol',
    ...from('place'),
    minzoom,
    filter: kind(...kinds),
    layout: {
      'text-field': ['get', 'name'],
      'text-font': medium,
      'text-size': ['interpolate', ['linear'], ['zoom'], minzoom, 10.5, 16, 13],
      'text-max-width': 7,
      'text-padding': 4,
    },
    paint: { 'text-color': color, ...halo(paint) },
  }
}

const towns = (paint: IslandPaint): Layer => ({
  id: 'island-town-names',
  type: 'symbol',
  ...from('place'),
  minzoom: 6,
  maxzoom: 14.5,
  filter: kind('town'),
  layout: {
    'text-field': ['get', 'name'],
    'text-font': semibold,
    'text-size': [
      'interpolate',
      ['linear'],
      ['zoom'],
      7,
      ['case', ['!', ['has', 'rank']], 12, 9.5],
      13,
      ['case', ['!', ['has', 'rank']], 23, 18],
    ],
    'text-letter-spacing': 0.01,
    'symbol-sort-key': ['coalesce', ['get', 'rank'], 0],
    'text-padding': 2,
  },
  paint: { 'text-color': paint.townText, ...halo(paint, 1.8) },
})

// points are the depots and customers.
const points = (paint: IslandPaint): Layer => ({
  id: 'island-points',
  type: 'symbol',
  ...from('poi'),
  minzoom: 13,
  filter: ['any', ['==', ['get', 'kind'], 'depot'], ['>=', ['zoom'], 15.2]],
  layout: {
    'text-field': ['get', 'name'],
    'text-font': ['case', ['==', ['get', 'kind'], 'depot'], ['literal', semibold], ['literal', regular]],
    'text-size': ['interpolate', ['linear'], ['zoom'], 13, 10.5, 18, 13],
    'text-max-width': 8,
    'text-padding': 6,
  },
  paint: { 'text-color': paint.poiText, ...halo(paint) },
})
