// The layers of the room's map over its base: tracks as tiles, the day's line, stops, start and end.
import type { FeatureCollection, Point } from 'geojson'
import type { ExpressionSpecification, GeoJSONSource, LayerSpecification, Map as MapLibre } from 'maplibre-gl'
import type { Palette } from '../../palette'
import { ends, type Lines } from './line'
import type { Leg } from './segments'
import { addSigns } from './signs'
import type { Track } from './track'

const semibold = ['Inter Semibold']
const none: FeatureCollection = { type: 'FeatureCollection', features: [] }

export interface Look {
  palette: Palette
  accent: string
  speeds: string[] // colours of the classes
  limits: number[] // between them, km/h
}

// addLayers puts everything but the vehicles onto a map whose style has just been loaded.
export function addLayers(map: MapLibre, look: Look, tracks: string | null): void {
  addSigns(map, {
    fill: look.palette.states[2]!,
    now: look.accent,
    outline: look.palette.outline,
    start: look.palette.states[0]!,
    end: look.palette.states[2]!,
  })
  if (tracks) addTracks(map, look, tracks)
  map.addSource('way', { type: 'geojson', data: none })
  map.addSource('stops', { type: 'geojson', data: none })
  map.addSource('ends', { type: 'geojson', data: none })
  for (const layer of [...way(look), ...stops(look)]) map.addLayer(layer)
}

const round = { 'line-cap': 'round', 'line-join': 'round' } as const

function way(look: Look): LayerSpecification[] {
  const arms = look.speeds.flatMap((colour, n) => [n, colour])
  const colour = ['match', ['get', 'class'], ...arms, look.speeds[0]] as unknown as ExpressionSpecification
  const width = (at10: number, at16: number) =>
    ['interpolate', ['linear'], ['zoom'], 10, at10, 16, at16] as ExpressionSpecification
  return [
    {
      ...{ id: 'way-case', type: 'line', source: 'way', layout: round },
      filter: ['>=', ['get', 'class'], 0],
      paint: { 'line-color': look.palette.outline, 'line-width': width(5.5, 9), 'line-opacity': 0.9 },
    },
    {
      ...{ id: 'way-gap', type: 'line', source: 'way' },
      filter: ['<', ['get', 'class'], 0],
      paint: { 'line-color': look.palette.states[3]!, 'line-width': 2.5, 'line-dasharray': [2, 2] },
    },
    {
      ...{ id: 'way', type: 'line', source: 'way', layout: round },
      filter: ['>=', ['get', 'class'], 0],
      paint: { 'line-color': colour, 'line-width': width(3.2, 5.5) },
    },
  ]
}

function stops(look: Look): LayerSpecification[] {
  const image = (id: string, filter: ExpressionSpecification): LayerSpecification => ({
    ...{ id, type: 'symbol', source: 'stops', filter },
    layout: {
      'icon-image': id,
      'icon-allow-overlap': true,
      'text-field': ['to-string', ['get', 'number']],
      'text-font': semibold,
      'text-size': ['case', ['>', ['get', 'number'], 99], 9, 11.5],
      'text-allow-overlap': true,
      'symbol-sort-key': ['get', 'number'],
    },
    paint: { 'text-color': look.palette.outline },
  })
  return [
    {
      ...{ id: 'ends', type: 'symbol', source: 'ends' },
      layout: {
        'icon-image': ['get', 'image'],
        'icon-allow-overlap': true,
        'icon-offset': ['match', ['get', 'image'], 'start', ['literal', [-12, -21]], ['literal', [12, -21]]],
      },
    },
    image('stop', ['literal', true]),
    image('stop-now', ['literal', false]),
  ]
}

// addTracks draws the tiles' lines, and from zoom 12 the fixes on them.
function addTracks(map: MapLibre, look: Look, url: string): void {
  const steps = look.limits.flatMap((limit, n) => [limit, look.speeds[n + 1]!])
  const colour = [
    ...['step', ['coalesce', ['get', 'speed'], 0], look.speeds[0]!],
    ...steps,
  ] as ExpressionSpecification
  map.addSource('tracks', { type: 'vector', tiles: [url], minzoom: 0, maxzoom: 14 })
  const at = { source: 'tracks', 'source-layer': 'tracks' }
  map.addLayer({
    ...{ id: 'tracks-case', type: 'line', ...at, minzoom: 9, layout: round },
    paint: { 'line-color': look.palette.outline, 'line-width': 4, 'line-opacity': 0.6 },
  })
  map.addLayer({
    ...{ id: 'tracks', type: 'line', ...at, layout: round },
    paint: {
      'line-color': colour,
      'line-width': ['interpolate', ['linear'], ['zoom'], 4, 1.4, 12, 2.4, 16, 4],
      'line-opacity': 0.85,
    },
  })
  map.addLayer({
    ...{ id: 'tracks-fixes', type: 'circle', source: 'tracks', 'source-layer': 'fixes', minzoom: 14 },
    paint: {
      'circle-color': colour,
      'circle-radius': 3,
      'circle-stroke-color': look.palette.outline,
      'circle-stroke-width': 1,
    },
  })
}

export function showTracks(map: MapLibre, look: Look, url: string | null): void {
  for (const id of ['tracks-case', 'tracks', 'tracks-fixes']) if (map.getLayer(id)) map.removeLayer(id)
  if (map.getSource('tracks')) map.removeSource('tracks')
  if (!url) return
  addTracks(map, look, url)
  for (const id of ['tracks-case', 'tracks', 'tracks-fixes']) map.moveLayer(id, 'way-case')
}

export function showWay(map: MapLibre, lines: Lines | null): void {
  map.getSource<GeoJSONSource>('way')?.setData(lines ?? none)
}

export function showStops(map: MapLibre, legs: Leg[]): void {
  const features = legs.flatMap((leg) => {
    const place = leg.start ?? leg.end
    return leg.kind === 'stop' && place
      ? [point([place.longitude, place.latitude], { number: leg.number, time: leg.from })]
      : []
  })
  map.getSource<GeoJSONSource>('stops')?.setData({ type: 'FeatureCollection', features })
}

export function showEnds(map: MapLibre, track: Track | null, from: number, to: number): void {
  const places = track ? ends(track, from, to) : []
  const features = places.map((place, n) => point(place, { image: n === 0 ? 'start' : 'end' }))
  map.getSource<GeoJSONSource>('ends')?.setData({ type: 'FeatureCollection', features })
}

// markStop lifts the stop that the clock is in; 0 if it is in none.
export function markStop(map: MapLibre, number: number): void {
  if (!map.getLayer('stop')) return
  map.setFilter('stop', ['!=', ['get', 'number'], number])
  map.setFilter('stop-now', ['==', ['get', 'number'], number])
}

function point(coordinates: [number, number], properties: Record<string, unknown>) {
  const geometry: Point = { type: 'Point', coordinates }
  return { type: 'Feature' as const, properties, geometry }
}
