// Replaces the text files of dist/assets with their gzip form, which the server sends as it is (see web.go).
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const dist = new URL('../dist', import.meta.url).pathname
let total = 0
for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath, entry.name)
  if (!entry.isFile() || !/\.(css|js|mjs|svg|json)$/.test(entry.name)) continue
  const packed = gzipSync(readFileSync(path), { level: 9 })
  writeFileSync(`${path}.gz`, packed)
  rmSync(path)
  total += packed.length
}
writeFileSync(join(dist, '.gitkeep'), '')
console.log(`dist: ${Math.round(total / 1024)} KiB compressed`)
