// Replaces the text files of dist with their compressed forms, which the server sends as they are (see file.go):
// Brotli, which browsers take over https and from this machine itself, and gzip for all else. It also holds the first
// load to its limit: the page, the desk and the map with all that they load before anything is pressed.
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync, constants as zlib } from 'node:zlib'

const most = 500 * 1024 // bytes
const roots = ['index.html', 'src/ui/Desk.tsx', 'src/map/map.ts']

const dist = new URL('../dist', import.meta.url).pathname
const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'))
rmSync(join(dist, '.vite'), { recursive: true }) // it is for this script alone

for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath, entry.name)
  if (!entry.isFile() || !/\.(css|js|mjs|svg|json|webmanifest)$/.test(entry.name)) continue
  const text = readFileSync(path)
  writeFileSync(`${path}.gz`, gzipSync(text, { level: 9 }))
  writeFileSync(
    `${path}.br`,
    brotliCompressSync(text, { params: { [zlib.BROTLI_PARAM_SIZE_HINT]: text.length } }),
  )
  rmSync(path)
}
writeFileSync(join(dist, '.gitkeep'), '')

function firstLoad() {
  const chunks = new Set()
  const files = new Set(['index.html'])
  const add = (name) => {
    if (chunks.has(name)) return
    chunks.add(name)
    const { file, css = [], assets = [], imports = [] } = manifest[name]
    for (const one of [file, ...css, ...assets]) files.add(one)
    for (const one of imports) add(one)
  }
  for (const root of roots) add(root)
  return [...files]
}

const sizeOf = (file, ending) => {
  const packed = join(dist, file + ending)
  return statSync(existsSync(packed) ? packed : join(dist, file)).size
}
const kib = (bytes) => `${Math.round(bytes / 1024)} KiB`

const first = firstLoad()
const sizes = (ending) => first.map((file) => sizeOf(file, ending))
const sum = (ending) => sizes(ending).reduce((bytes, size) => bytes + size, 0)
console.log(`first load: ${kib(sum('.br'))} by Brotli (at most ${kib(most)}), ${kib(sum('.gz'))} by gzip`)
if (sum('.br') > most) {
  for (const file of first) console.error(`  ${kib(sizeOf(file, '.br'))} ${file}`)
  console.error('the first load is too large')
  process.exit(1)
}
