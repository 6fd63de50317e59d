// How an operator's own vector archive is drawn: those of Protomaps' basemap and of OpenMapTiles name the same things
// differently.
import type { ExpressionSpecification, FilterSpecification, StyleSpecification } from 'maplibre-gl'
import { placeName } from './names'
import type { Paints } from './paint'

type Layers = StyleSpecification['layers']

interface Vocabulary {
  water: string
  rivers: string
  green: { layer: string; filter: FilterSpecification }[]
  roads: string
  kind: string // the property of a road that says how large it is
  motorways: string[]
  main: string[]
  roadNames: string
  buildings: string
  borders: string
  country: FilterSpecification
  places: string
  placeKind: string
}

const vocabularies: Record<'protomaps' | 'openmaptiles', Vocabulary> = {
  protomaps: {
    water: 'water',
    rivers: 'water',
    green: [
      {
        layer: 'landuse',
        filter: [
          'in',
          ['get', 'kind'],
          ['literal', ['park', 'forest', 'wood', 'grass', 'golf_course', 'nature_reserve']],
        ],
      },
    ],
    roads: 'roads',
    kind: 'kind',
    motorways: ['highway'],
    main: ['major_road', 'medium_road'],
    roadNames: 'roads',
    buildings: 'buildings',
    borders: 'boundaries',
    country: ['<=', ['coalesce', ['get', 'kind_detail'], 2], 2],
    places: 'places',
    placeKind: 'kind',
  },
  openmaptiles: {
    water: 'water',
    rivers: 'waterway',
    green: [
      { layer: 'landcover', filter: ['in', ['get', 'class'], ['literal', ['wood', 'grass']]] },
      { layer: 'park', filter: ['has', 'class'] },
    ],
    roads: 'transportation',
    kind: 'class',
    motorways: ['motorway', 'trunk'],
    main: ['primary', 'secondary', 'tertiary'],
    roadNames: 'transportation_name',
    buildings: 'building',
    borders: 'boundary',
    country: ['==', ['get', 'admin_level'], 2],
    places: 'place',
    placeKind: 'class',
  },
}

const source = 'own'

export function archiveLayers(
  schema: 'protomaps' | 'openmaptiles',
  paint: Paints,
  language: string,
  local: boolean,
): Layers {
  const v = vocabularies[schema]
  return [...ground(v, paint), ...roads(v, paint), ...names(v, paint, placeName(language, local))]
}

function ground(v: Vocabulary, paint: Paints): Layers {
  const green: Layers = v.green.map(({ layer, filter }, n) => ({
    id: `own-green-${n}`,
    type: 'fill',
    source,
    'source-layer': layer,
    filter,
    paint: { 'fill-color': paint.green },
  }))
  return [
    ...green,
    {
      id: 'own-water',
      type: 'fill',
      source,
      'source-layer': v.water,
      filter: ['==', ['geometry-type'], 'Polygon'],
      paint: { 'fill-color': paint.water },
    },
    {
      id: 'own-rivers',
      type: 'line',
      source,
      'source-layer': v.rivers,
      filter: ['==', ['geometry-type'], 'LineString'],
      paint: { 'line-color': paint.river, 'line-width': 1.2 },
    },
    {
      id: 'own-buildings',
      type: 'fill',
      source,
      'source-layer': v.buildings,
      minzoom: 14,
      paint: { 'fill-color': paint.building },
    },
    {
      id: 'own-borders',
      type: 'line',
      source,
      'source-layer': v.borders,
      filter: v.country,
      paint: { 'line-color': paint.country, 'line-width': 1 },
    },
  ]
}

function roads(v: Vocabulary, paint: Paints): Layers {
  const kind: ExpressionSpecification = ['get', v.kind]
  const large = [...v.motorways, ...v.main]
  const line = (
    id: string,
    filter: FilterSpecification,
    colour: string,
    from: number,
    wide: number,
  ): Layers[number] => ({
    id: `own-${id}`,
    type: 'line',
    source,
    'source-layer': v.roads,
    minzoom: from,
    filter: ['all', ['==', ['geometry-type'], 'LineString'], filter] as FilterSpecification,
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: {
      'line-color': colour,
      'line-width': ['interpolate', ['exponential', 1.6], ['zoom'], from, 0.4, 14, wide / 3, 18, wide * 2.2],
    },
  })
  return [
    line('street-edges', ['!', ['in', kind, ['literal', large]]], paint.roadEdge, 13, 8),
    line('streets', ['!', ['in', kind, ['literal', large]]], paint.street, 11.5, 6.5),
    line('road-edges', ['in', kind, ['literal', large]], paint.roadEdge, 10, 11),
    line('main-roads', ['in', kind, ['literal', v.main]], paint.road, 8, 9),
    line('motorways', ['in', kind, ['literal', v.motorways]], paint.motorway, 5, 11),
  ]
}

function names(v: Vocabulary, paint: Paints, name: ExpressionSpecification): Layers {
  const halo = { 'text-halo-color': paint.halo, 'text-halo-width': 1.4 }
  return [
    {
      id: 'own-road-names',
      type: 'symbol',
      source,
      'source-layer': v.roadNames,
      minzoom: 13,
      filter: ['has', 'name'],
      layout: { 'symbol-placement': 'line', 'text-field': name, 'text-font': ['Inter'], 'text-size': 11 },
      paint: { 'text-color': paint.minorText, ...halo },
    },
    {
      id: 'own-places',
      type: 'symbol',
      source,
      'source-layer': v.places,
      filter: ['!=', ['get', v.placeKind], 'country'],
      layout: {
        'text-field': name,
        'text-font': ['Inter Medium'],
        'text-size': ['interpolate', ['linear'], ['zoom'], 4, 11, 12, 15],
        'text-padding': 6,
        'text-max-width': 8,
      },
      paint: { 'text-color': paint.placeText, ...halo },
    },
    {
      id: 'own-countries',
      type: 'symbol',
      source,
      'source-layer': v.places,
      maxzoom: 7,
      filter: ['==', ['get', v.placeKind], 'country'],
      layout: {
        'text-field': name,
        'text-font': ['Inter Semibold'],
        'text-size': 12,
        'text-transform': 'uppercase',
      },
      paint: { 'text-color': paint.countryText, ...halo },
    },
  ]
}
