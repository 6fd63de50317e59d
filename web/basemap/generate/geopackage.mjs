// Reads the polygons of a GeoPackage, an SQLite file whose geometries are WKB behind a header
// (OGC 12-128, clause 2.1.3).
import initSqlJs from 'sql.js'

export async function readFeatures(file, table, columns) {
  const { Database } = await initSqlJs()
  const database = new Database(file)
  const [{ values }] = database.exec(`SELECT geom, ${columns.join(', ')} FROM ${table} ORDER BY fid`)
  database.close()
  return values
    .filter(([geom]) => geom)
    .map(([geom, ...row]) => ({
      type: 'Feature',
      properties: Object.fromEntries(columns.map((name, i) => [name, row[i]])),
      geometry: geometry(geom),
    }))
}

const envelopeSizes = [0, 32, 48, 48, 64] // by the header's envelope indicator, in bytes

function geometry(blob) {
  const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength)
  let at = 8 + envelopeSizes[(view.getUint8(3) >> 1) & 7]
  let little = true
  const u32 = () => view.getUint32((at += 4) - 4, little)
  const f64 = () => view.getFloat64((at += 8) - 8, little)
  const list = (item) => Array.from({ length: u32() }, item)
  const polygon = () => list(() => list(() => [f64(), f64()]))
  const header = () => {
    little = view.getUint8(at++) === 1
    return u32()
  }
  switch (header()) {
    case 3:
      return { type: 'Polygon', coordinates: polygon() }
    case 6:
      return { type: 'MultiPolygon', coordinates: list(() => header() && polygon()) }
    default:
      throw new Error('a geometry that is neither a polygon nor a multipolygon')
  }
}
