// Makes basemap.pmtiles: node generate.mjs world_map.gpkg basemap.pmtiles
//
// The layers come from layers.mjs; here they are cut into vector tiles of zoom 0 to 6 and written. A map shows the
// tiles of zoom 6 at every deeper zoom, so these are not simplified. The same sources give the same bytes.
import { readFileSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { GeoJSONVT } from '@maplibre/geojson-vt'
import { fromGeojsonVt } from '@maplibre/vt-pbf'
import { layers } from './layers.mjs'
import { archive } from './pmtiles.mjs'

const maxZoom = 6
const extent = 4096

const [, , worldMap, output] = process.argv
if (!output) {
  console.error('usage: node generate.mjs world_map.gpkg basemap.pmtiles')
  process.exit(2)
}

const indexes = []
for (const layer of await layers(readFileSync(worldMap))) {
  console.log(`${layer.id}: ${layer.features.length} features`)
  indexes.push({ ...layer, index: index(layer.features) })
}

// index prepares features for being cut; all features of the layer reach the tiles of zoom 6.
function index(features) {
  return new GeoJSONVT(
    { type: 'FeatureCollection', features },
    { maxZoom, indexMaxZoom: maxZoom, indexMaxPoints: 0, extent, buffer: 64, tolerance: 4 },
  )
}

// tile is the tile's layers that hold anything, encoded; null if there are none.
function tile(z, x, y) {
  const found = {}
  for (const { id, index, minZoom } of indexes) {
    const features = index.getTile(z, x, y)?.features.filter((f) => z >= minZoom(f.tags)) ?? []
    if (features.length > 0) found[id] = { features: [...(found[id]?.features ?? []), ...features] }
  }
  if (Object.keys(found).length === 0) return null
  return gzipSync(fromGeojsonVt(found, { version: 2, extent }), { level: 9 })
}

const tiles = []
for (let z = 0; z <= maxZoom; z++) {
  let bytes = 0
  for (let x = 0; x < 2 ** z; x++) {
    for (let y = 0; y < 2 ** z; y++) {
      const data = tile(z, x, y)
      if (!data) continue
      tiles.push({ z, x, y, data })
      bytes += data.length
    }
  }
  console.log(`zoom ${z}: ${(bytes / 1024).toFixed(0)} KiB`)
}

const file = archive(tiles, {
  maxZoom,
  metadata: {
    name: 'Drover base map',
    description: 'Land, waters, borders and places for a map without a network',
    attribution: 'Natural Earth · GeoNames (CC BY 4.0)',
    type: 'baselayer',
    version: '1.0.0',
    vector_layers: [...new Map(indexes.map(({ id, fields }) => [id, fields]))].map(([id, fields]) => ({
      id,
      fields,
      minzoom: 0,
      maxzoom: maxZoom,
    })),
  },
})
writeFileSync(output, file)
console.log(`${output}: ${tiles.length} tiles, ${(file.length / 1e6).toFixed(2)} MB`)
