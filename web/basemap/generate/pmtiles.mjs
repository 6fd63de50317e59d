// Writes a PMTiles archive, version 3: header, root directory, metadata, leaf directories, tiles in the order of the
// Hilbert curve; equal tiles are kept once.
import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'

const headerSize = 127
const rootLimit = 16384 - headerSize // the first 16 KiB hold header and root
const leafEntries = 2048
const gzip = 2
const vectorTiles = 1

export function archive(tiles, { maxZoom, metadata }) {
  const { entries, data, contents } = lay(tiles)
  const { root, leaves } = directories(entries)
  const meta = gzipSync(JSON.stringify(metadata), { level: 9 })
  const header = Buffer.alloc(headerSize)
  header.write('PMTiles', 0, 'latin1')
  header[7] = 3
  let at = headerSize
  ;[root, meta, leaves, data].forEach((part, i) => {
    header.writeBigUInt64LE(BigInt(at), 8 + 16 * i)
    header.writeBigUInt64LE(BigInt(part.length), 16 + 16 * i)
    at += part.length
  })
  header.writeBigUInt64LE(BigInt(tiles.length), 72)
  header.writeBigUInt64LE(BigInt(entries.length), 80)
  header.writeBigUInt64LE(BigInt(contents), 88)
  header[96] = 1 // clustered
  header[97] = gzip
  header[98] = gzip
  header[99] = vectorTiles
  header[100] = 0
  header[101] = maxZoom
  ;[-180, -85.0511287, 180, 85.0511287].forEach((degrees, i) => {
    header.writeInt32LE(Math.round(degrees * 1e7), 102 + 4 * i)
  })
  header[118] = 1 // zoom and place (0, 20° north) to begin with
  header.writeInt32LE(0, 119)
  header.writeInt32LE(20e7, 123)
  return Buffer.concat([header, root, meta, leaves, data])
}

// lay puts the tiles' bytes one after another, and says where each is.
function lay(tiles) {
  const known = new Map()
  const parts = []
  const entries = []
  let end = 0
  for (const { id, data } of tiles.map((t) => ({ id: tileID(t), data: t.data })).toSorted((a, b) => a.id - b.id)) {
    const hash = createHash('sha256').update(data).digest('hex')
    if (!known.has(hash)) {
      known.set(hash, end)
      parts.push(data)
      end += data.length
    }
    const offset = known.get(hash)
    const last = entries.at(-1)
    if (last?.offset === offset && last.id + last.run === id) last.run++
    else entries.push({ id, offset, length: data.length, run: 1 })
  }
  return { entries, data: Buffer.concat(parts), contents: known.size }
}

function directories(entries) {
  const root = directory(entries)
  if (root.length <= rootLimit) return { root, leaves: Buffer.alloc(0) }
  const parts = []
  const pointers = []
  let offset = 0
  for (let i = 0; i < entries.length; i += leafEntries) {
    const leaf = directory(entries.slice(i, i + leafEntries))
    pointers.push({ id: entries[i].id, offset, length: leaf.length, run: 0 })
    parts.push(leaf)
    offset += leaf.length
  }
  return { root: directory(pointers), leaves: Buffer.concat(parts) }
}

function directory(entries) {
  const bytes = []
  const varint = (n) => {
    for (; n >= 128; n = Math.floor(n / 128)) bytes.push((n % 128) | 128)
    bytes.push(n)
  }
  varint(entries.length)
  entries.forEach(({ id }, i) => varint(id - (entries[i - 1]?.id ?? 0)))
  for (const { run } of entries) varint(run)
  for (const { length } of entries) varint(length)
  entries.forEach(({ offset }, i) => {
    const last = entries[i - 1]
    varint(last && offset === last.offset + last.length ? 0 : offset + 1)
  })
  return gzipSync(Buffer.from(bytes), { level: 9 })
}

// tileID numbers the tiles of all zooms, along a Hilbert curve within each.
function tileID({ z, x, y }) {
  let id = (4 ** z - 1) / 3
  for (let s = 2 ** z / 2; s >= 1; s /= 2) {
    const rx = (x & s) > 0 ? 1 : 0
    const ry = (y & s) > 0 ? 1 : 0
    id += s * s * ((3 * rx) ^ ry)
    if (ry === 0) {
      if (rx === 1) {
        x = s - 1 - x
        y = s - 1 - y
      }
      ;[x, y] = [y, x]
    }
  }
  return id
}
