// The demo island: streets, water and names from /tiles/island.json, drawn over the embedded world.
import type { ExpressionSpecification, FilterSpecification, StyleSpecification } from 'maplibre-gl'
import { from, islandNames, kind } from './islandNames'
import { type IslandPaint, islandPaint } from './islandPaint'
import { paints } from './paint'

type Layers = StyleSpecification['layers']
type Layer = Layers[number]

export const islandSource = (): StyleSpecification['sources'][string] => ({
  type: 'vector',
  url: '/tiles/island.json',
})

// islandLayers are the island's ground, streets and names, in this order; they lie over the world's own.
export function islandLayers(look: { night: boolean; contrast: boolean }): Layers {
  const paint = islandPaint(look.night, look.contrast)
  return [...ground(paint, paints(look.night, look.contrast).water), ...streets(paint), ...islandNames(paint)]
}

// grows is a width that doubles with each zoom by a factor: zoom, pixels, zoom, pixels…
const grows = (...stops: number[]): ExpressionSpecification =>
  ['interpolate', ['exponential', 1.55], ['zoom'], ...stops] as ExpressionSpecification

function ground(paint: IslandPaint, sea: string): Layers {
  const fill = (
    id: string,
    layer: string,
    color: string,
    filter: FilterSpecification,
    minzoom = 0,
  ): Layer => ({
    id: `island-${id}`,
    type: 'fill',
    ...from(layer),
    minzoom,
    filter,
    paint: { 'fill-color': color, 'fill-opacity': id === 'shallows' ? 0.5 : 1 },
  })
  const coast: Layer = {
    id: 'island-coast',
    type: 'line',
    ...from('land'),
    filter: kind('coast'),
    layout: { 'line-join': 'round' },
    paint: { 'line-color': paint.coast, 'line-width': grows(7, 0.4, 11, 1, 16, 2.2) },
  }
  // What reaches over the coast lies below the sea.
  return [
    fill('land', 'land', paint.land, kind('island')),
    fill('fields', 'land', paint.field, kind('field'), 10),
    fill('woods', 'park', paint.wood, kind('wood')),
    fill('towns', 'land', paint.town, kind('town')),
    fill('industry', 'industrial', paint.industry, kind('industry', 'airport', 'depot')),
    fill('runways', 'industrial', paint.runway, kind('runway', 'terminal')),
    fill('parks', 'park', paint.park, kind('park')),
    fill('water', 'water', paint.water, kind('river', 'lake', 'pond')),
    fill('sea', 'water', sea, kind('sea')),
    fill('shallows', 'water', paint.shallows, kind('shallows')),
    fill('beaches', 'land', paint.beach, kind('beach'), 9),
    coast,
    fill('piers', 'industrial', paint.pier, kind('pier')),
    {
      id: 'island-buildings',
      type: 'fill',
      ...from('building'),
      minzoom: 14,
      paint: {
        'fill-color': paint.building,
        'fill-outline-color': paint.buildingEdge,
        'fill-opacity': ['interpolate', ['linear'], ['zoom'], 14, 0, 14.8, 1],
      },
    },
  ]
}

interface Road {
  class: string
  width: number[] // zoom, pixels…
  edge: number // pixels on each side at zoom 16
  minzoom: number
  color: string
  edgeColor: string
}

function roads(paint: IslandPaint): Road[] {
  const road = (
    name: string,
    color: string,
    edgeColor: string,
    minzoom: number,
    edge: number,
    width: number[],
  ): Road => ({ class: name, color, edgeColor, minzoom, edge, width })
  return [
    road('service', paint.street, paint.streetEdge, 13.5, 0.8, [13.5, 0.6, 15, 2.2, 17, 7, 19, 22]),
    road(
      'residential',
      paint.street,
      paint.streetEdge,
      11,
      0.9,
      [11, 0.3, 12, 0.7, 13, 1.5, 15, 5, 17, 15, 19, 44],
    ),
    road(
      'secondary',
      paint.avenue,
      paint.avenueEdge,
      10,
      1,
      [10, 0.5, 12, 1.4, 13, 2.6, 15, 7.5, 17, 21, 19, 58],
    ),
    road('primary', paint.main, paint.mainEdge, 8, 1, [8, 0.6, 11, 1.5, 13, 3.6, 15, 9, 17, 24, 19, 64]),
    road('trunk', paint.trunk, paint.trunkEdge, 7, 1.1, [7, 0.7, 11, 2.2, 13, 4.6, 15, 10.5, 17, 27, 19, 70]),
    road(
      'motorway',
      paint.motorway,
      paint.motorwayEdge,
      6,
      1.2,
      [6, 0.8, 11, 2.6, 13, 5.4, 15, 12, 17, 30, 19, 76],
    ),
  ]
}

// streets are drawn twice, all edges below all surfaces, so that crossings are open; bridges come last, over others.
function streets(paint: IslandPaint): Layers {
  const all = roads(paint)
  const bridges: FilterSpecification = ['==', ['get', 'bridge'], 1]
  const level: FilterSpecification = ['!=', ['get', 'bridge'], 1]
  const great = all.filter((r) => r.class === 'trunk' || r.class === 'motorway')
  const small = all.filter((r) => !great.includes(r))
  return [
    ...small.map((r) => edge(r, level, '')),
    ...small.map((r) => surface(r, level, '')),
    ...small
      .filter((r) => r.class !== 'service')
      .flatMap((r) => [edge(r, bridges, '-bridge'), surface(r, bridges, '-bridge')]),
    ...great.map((r) => edge(r, ['has', 'class'], '')),
    ...great.map((r) => surface(r, ['has', 'class'], '')),
  ]
}

const only = (r: Road, filter: FilterSpecification): FilterSpecification =>
  ['all', ['==', ['get', 'class'], r.class], filter] as FilterSpecification

function surface(r: Road, filter: FilterSpecification, suffix: string): Layer {
  return {
    id: `island-${r.class}${suffix}`,
    type: 'line',
    ...from('road'),
    minzoom: r.minzoom,
    filter: only(r, filter),
    layout: { 'line-cap': suffix ? 'butt' : 'round', 'line-join': 'round' },
    paint: { 'line-color': r.color, 'line-width': grows(...r.width) },
  }
}

function edge(r: Road, filter: FilterSpecification, suffix: string): Layer {
  const width = r.width.map((v, i) => (i % 2 === 0 ? v : v + 2 * r.edge * Math.min(1, r.width[i - 1]! / 16)))
  return {
    id: `island-${r.class}-edge${suffix}`,
    type: 'line',
    ...from('road'),
    minzoom: Math.max(r.minzoom, r.class === 'residential' ? 12.5 : r.class === 'secondary' ? 11.5 : 0),
    filter: only(r, filter),
    layout: { 'line-cap': 'butt', 'line-join': 'round' },
    paint: { 'line-color': r.edgeColor, 'line-width': grows(...width) },
  }
}
