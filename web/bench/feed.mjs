// The server side of the measurement: the real live line, page and tiles in a process of their own, without a database.
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

// openFeed starts it and gives its address. BENCH_URL names one that runs already.
export async function openFeed(vehicles) {
  if (process.env.BENCH_URL) return { url: process.env.BENCH_URL, close: async () => {} }
  const folder = mkdtempSync(join(tmpdir(), 'drover-bench-'))
  const binary = join(folder, 'trials')
  execFileSync('go', ['build', '-o', binary, './server/trials'], { cwd: root, stdio: 'inherit' })
  const server = spawn(binary, ['map-feed', '--vehicles', String(vehicles)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise((done) => server.once('exit', done))
  const [url] = await Promise.race([
    createInterface({ input: server.stdout })
      [Symbol.asyncIterator]()
      .next()
      .then(({ value }) => [value]),
    ended.then((code) => {
      throw new Error(`the feed ended with ${code}`)
    }),
  ])
  return {
    url,
    close: async () => {
      server.kill()
      await ended
      rmSync(folder, { recursive: true })
    },
  }
}
