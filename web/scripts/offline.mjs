// A Vite plugin that writes the service worker, with the names of all files of the build in it. Any change of a file
// changes its name and so the worker's version, by which browsers fetch the new page.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

const source = readFileSync(new URL('worker.js', import.meta.url), 'utf8')
const besides = ['/manifest.webmanifest', '/icon.svg']

export function worker(names) {
  const files = [
    ...names.filter((name) => name.startsWith('assets/')).map((name) => `/${name}`),
    ...besides,
  ].sort()
  const version = createHash('sha256').update(files.join('\n')).update(source).digest('hex').slice(0, 12)
  return `const files = ${JSON.stringify(files)}\nconst version = '${version}'\n${source}`
}

export function offline() {
  return {
    name: 'offline',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      this.emitFile({ type: 'asset', fileName: 'sw.js', source: worker(Object.keys(bundle)) })
    },
  }
}
