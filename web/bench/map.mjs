// What the live map costs a browser: `make bench-map`. 50,000 vehicles that report once a second, the list open, for
// ten minutes (BENCH_MINUTES, BENCH_VEHICLES). It prints its figures last and fails above the floors.
import { chromium } from '@playwright/test'
import { openFeed } from './feed.mjs'
import { watchPage } from './probe.mjs'

const minutes = Number(process.env.BENCH_MINUTES ?? 10)
const vehicles = Number(process.env.BENCH_VEHICLES ?? 50_000)
const floors = {
  main: 30, // ms of the main thread a second
  late: 250, // ms from a message until the frame that shows it is handed to the GPU, 95 of 100
  growth: 2, // MiB of heap after the first minute
}
const warmUp = 20_000 // ms
const latencyFor = 40_000 // ms

const feed = await openFeed(vehicles)
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader']
    .concat(['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-sync'])
    .concat(['--disable-component-update', '--disable-dev-shm-usage', '--enable-precise-memory-info']),
})
try {
  const failures = await measure()
  for (const failure of failures) console.error(`above the floor: ${failure}`)
  process.exitCode = failures.length > 0 ? 1 : 0
} finally {
  await browser.close()
  await feed.close()
}

async function measure() {
  const page = await browser.newPage({
    viewport: { width: 1600, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
  })
  await page.addInitScript(watchPage)
  await page.request.post(`${feed.url}/api/session`, { data: { email: 'trial', password: 'any' } })
  await page.goto(feed.url)
  await page.waitForFunction(
    (n) => window.drover?.fleet.named === n && window.drover.map.loaded(),
    vehicles,
    {
      timeout: 120_000,
    },
  )
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
  await pause(warmUp)

  await page.evaluate(() => window.probe.begin())
  await pause(latencyFor)
  const late = await page.evaluate(() => window.probe.end())

  const heaps = [await heap(cdp)]
  const gpu = [await page.evaluate(() => window.probe.gpu())]
  let [busy, took, messages] = [0, 0, 0]
  for (let minute = 0; minute < minutes; minute++) {
    const [before, count, at] = [await taskTime(cdp), await received(page), performance.now()]
    await pause(60_000)
    busy += (await taskTime(cdp)) - before
    messages += (await received(page)) - count
    took += (performance.now() - at) / 1000
    heaps.push(await heap(cdp))
    gpu.push(await page.evaluate(() => window.probe.gpu()))
    console.log(`minute ${minute + 1}: ${(busy / took).toFixed(1)} ms/s, heap ${heaps.at(-1).toFixed(1)} MiB`)
  }
  return judge({ main: busy / took, rate: messages / took, late, heaps, gpu })
}

function judge({ main, rate, late, heaps, gpu }) {
  const [p50, p95] = [quantile(late.handed, 0.5), quantile(late.handed, 0.95)]
  const least = (some) => Math.min(...some) // frames that are under way come and go
  const growth = least(heaps.slice(-3)) - least(heaps.slice(0, 3))
  const [first, last] = [gpu[1] ?? gpu[0], gpu.at(-1)]
  console.log(
    `${vehicles} vehicles at 1 Hz (${rate.toFixed(2)} frames/s): main thread ${main.toFixed(1)} ms/s; ` +
      `message to rendered frame p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms, drawn in software p50 ` +
      `${quantile(late.drawn, 0.5).toFixed(0)} ms, p95 ${quantile(late.drawn, 0.95).toFixed(0)} ms; ` +
      `heap ${heaps[0].toFixed(1)} MiB, ${growth >= 0 ? '+' : ''}${growth.toFixed(2)} MiB in ${minutes} min; ` +
      `${last.buffers} GPU buffers of ${(last.bytes / 2 ** 20).toFixed(1)} MiB, ${last.textures} textures`,
  )
  const failures = []
  if (!(rate > 0.9)) failures.push(`only ${rate.toFixed(2)} frames/s came: nothing was measured`)
  if (!(main <= floors.main)) failures.push(`the main thread is busy for ${main.toFixed(1)} ms of a second`)
  if (!(p95 <= floors.late)) failures.push(`frames come ${p95.toFixed(0)} ms after their message`)
  if (!(growth <= floors.growth)) failures.push(`the heap grew by ${growth.toFixed(2)} MiB`)
  if (last.bytes > first.bytes * 1.1 || last.textures > first.textures + 4) {
    failures.push(`what the GPU keeps grew from ${first.bytes} to ${last.bytes} bytes`)
  }
  return failures
}

// taskTime is what the main thread's tasks have taken so far, in ms of the processor: a machine that others share would
// count their work too if it were measured by the clock.
async function taskTime(cdp) {
  return 1000 * (await metric(cdp, 'TaskDuration'))
}

function received(page) {
  return page.evaluate(() => window.probe.received())
}

async function metric(cdp, name) {
  const { metrics } = await cdp.send('Performance.getMetrics')
  return metrics.find((m) => m.name === name).value
}

// heap is what the page keeps after the garbage is gone, typed arrays included, in MiB.
async function heap(cdp) {
  await cdp.send('HeapProfiler.collectGarbage')
  const { usedSize, backingStorageSize = 0 } = await cdp.send('Runtime.getHeapUsage')
  return (usedSize + backingStorageSize) / 2 ** 20
}

function quantile(all, q) {
  const sorted = all.toSorted((a, b) => a - b)
  return sorted.length > 0 ? sorted[Math.floor(q * (sorted.length - 1))] : Number.NaN
}

function pause(ms) {
  return new Promise((done) => setTimeout(done, ms))
}
