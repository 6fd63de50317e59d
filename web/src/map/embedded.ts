import type { StyleSpecification } from 'maplibre-gl'
import { countryName, placeName } from './names'
import type { Paints } from './paint'

type Layers = StyleSpecification['layers']

const regular = ['Inter']
const medium = ['Inter Medium']
const semibold = ['Inter Semibold']

// worldLayers are the embedded base map without its names.
export function worldLayers(paint: Paints): Layers {
  const at = (sourceLayer: string) => ({ source: 'base', 'source-layer': sourceLayer })
  return [
    { id: 'water', type: 'background', paint: { 'background-color': paint.water } },
    { id: 'land', type: 'fill', ...at('land'), paint: { 'fill-color': paint.land } },
    { id: 'lakes', type: 'fill', ...at('lakes'), paint: { 'fill-color': paint.water } },
    {
      id: 'rivers',
      type: 'line',
      ...at('rivers'),
      minzoom: 3,
      paint: {
        'line-color': paint.river,
        'line-width': ['interpolate', ['linear'], ['zoom'], 3, 0.4, 10, 2],
      },
    },
    {
      id: 'states',
      type: 'line',
      ...at('borders'),
      minzoom: 3.5,
      filter: ['==', ['get', 'level'], 4],
      paint: {
        'line-color': paint.state,
        'line-width': ['interpolate', ['linear'], ['zoom'], 3, 0.4, 9, 1.1],
      },
    },
    {
      id: 'countries',
      type: 'line',
      ...at('borders'),
      filter: ['==', ['get', 'level'], 2],
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': paint.country,
        'line-width': ['interpolate', ['linear'], ['zoom'], 2, 0.5, 9, 1.6],
      },
    },
  ]
}

// labelLayers are its names.
export function labelLayers(paint: Paints, language: string, local: boolean): Layers {
  const halo = { 'text-halo-color': paint.halo, 'text-halo-width': 1.4 }
  const place = placeName(language, local)
  return [
    {
      id: 'villages',
      type: 'symbol',
      source: 'base',
      'source-layer': 'places',
      minzoom: 7,
      filter: ['>', ['get', 'rank'], 5],
      layout: {
        'text-field': place,
        'text-font': regular,
        'text-size': ['interpolate', ['linear'], ['zoom'], 7, 11, 12, 13],
        'text-padding': 6,
        'symbol-sort-key': ['get', 'rank'],
      },
      paint: { 'text-color': paint.minorText, ...halo },
    },
    {
      id: 'cities',
      type: 'symbol',
      source: 'base',
      'source-layer': 'places',
      minzoom: 4,
      filter: ['<=', ['get', 'rank'], 5],
      layout: {
        'text-field': place,
        'text-font': medium,
        'text-size': [
          'interpolate',
          ['linear'],
          ['zoom'],
          4,
          ['case', ['<', ['get', 'rank'], 3], 12, 11],
          10,
          ['case', ['<', ['get', 'rank'], 3], 17, 14],
        ],
        'text-padding': 8,
        'symbol-sort-key': ['get', 'rank'],
      },
      paint: { 'text-color': paint.placeText, ...halo },
    },
    {
      id: 'country-names',
      type: 'symbol',
      source: 'base',
      'source-layer': 'countries',
      maxzoom: 8,
      layout: {
        'text-field': ['upcase', countryName(language, local)],
        'text-font': semibold,
        'text-size': ['interpolate', ['linear'], ['zoom'], 2, 10, 6, 14],
        'text-letter-spacing': 0.08,
        'text-max-width': 8,
        'symbol-sort-key': ['get', 'rank'],
      },
      paint: { 'text-color': paint.countryText, ...halo },
    },
  ]
}
