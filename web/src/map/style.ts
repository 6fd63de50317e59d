import type { StyleSpecification } from 'maplibre-gl'
import { words } from '../words'

interface Paints {
  water: string
  land: string
  river: string
  country: string
  state: string
  countryText: string
  placeText: string
  minorText: string
  halo: string
}

const light: Paints = {
  water: '#cfdbe7',
  land: '#f4f3ef',
  river: '#b9cde0',
  country: '#9a94a6',
  state: '#d6d2d8',
  countryText: '#6c6778',
  placeText: '#4c525e',
  minorText: '#7d838d',
  halo: '#f8f7f3',
}

const dark: Paints = {
  water: '#0c1117',
  land: '#1b222b',
  river: '#16283b',
  country: '#55606f',
  state: '#2b343f',
  countryText: '#8b95a3',
  placeText: '#98a3b0',
  minorText: '#727d8b',
  halo: '#161c24',
}

const regular = ['Inter']
const medium = ['Inter Medium']
const semibold = ['Inter Semibold']

// baseStyle draws the embedded base map. It names no glyphs: labels are drawn from the page's own fonts.
export function baseStyle(isDark: boolean): StyleSpecification {
  const paint = isDark ? dark : light
  return {
    version: 8,
    sources: {
      base: { type: 'vector', url: '/tiles/basemap.json', attribution: words.map.attribution },
    },
    transition: { duration: 0, delay: 0 },
    layers: [
      { id: 'water', type: 'background', paint: { 'background-color': paint.water } },
      {
        id: 'land',
        type: 'fill',
        source: 'base',
        'source-layer': 'land',
        paint: { 'fill-color': paint.land },
      },
      {
        id: 'lakes',
        type: 'fill',
        source: 'base',
        'source-layer': 'lakes',
        paint: { 'fill-color': paint.water },
      },
      {
        id: 'rivers',
        type: 'line',
        source: 'base',
        'source-layer': 'rivers',
        minzoom: 3,
        paint: {
          'line-color': paint.river,
          'line-width': ['interpolate', ['linear'], ['zoom'], 3, 0.4, 10, 2],
        },
      },
      {
        id: 'states',
        type: 'line',
        source: 'base',
        'source-layer': 'borders',
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
        source: 'base',
        'source-layer': 'borders',
        filter: ['==', ['get', 'level'], 2],
        layout: { 'line-join': 'round' },
        paint: {
          'line-color': paint.country,
          'line-width': ['interpolate', ['linear'], ['zoom'], 2, 0.5, 9, 1.6],
        },
      },
      ...labels(paint),
    ],
  }
}

function labels(paint: Paints): StyleSpecification['layers'] {
  const halo = { 'text-halo-color': paint.halo, 'text-halo-width': 1.4 }
  return [
    {
      id: 'villages',
      type: 'symbol',
      source: 'base',
      'source-layer': 'places',
      minzoom: 7,
      filter: ['>', ['get', 'rank'], 5],
      layout: {
        'text-field': ['get', 'name'],
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
        'text-field': ['get', 'name'],
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
        'text-field': ['upcase', ['get', 'name']],
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
