import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { roundOf, sendDay } from './day'
import { barriers, expect, inBoth, picture, test } from './desk'

const day = 86_400_000
const today = Math.floor(Date.now() / day) * day
const yesterday = today - day
const iso = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z')
const at = (clock: string): number => Date.parse(`${iso(yesterday).slice(0, 10)}T${clock}Z`)
const imei = '350317170000123'
let vehicle = 0

test.beforeAll(async ({ playwright, baseURL, session }) => {
  const request = await playwright.request.newContext({ baseURL: baseURL!, storageState: session })
  const device = { identity: imei, name: 'Round 1', plate: 'B-RD 1', protocol: 'teltonika', model: 'FMC130' }
  const added = await request.post('/api/devices', { data: device })
  expect([201, 409]).toContain(added.status()) // there already, after a test that failed
  const { protocols } = await (await request.get('/api/server')).json()
  const { port } = protocols.find((p: { name: string }) => p.name === 'teltonika')
  await expect(async () => {
    for (const days of [2, 1]) await sendDay(port, imei, roundOf(today - days * day))
  }).toPass({ timeout: 20_000 }) // it is welcome a moment after it was added
  const found = await (await request.get('/api/vehicles?search=Round+1')).json()
  vehicle = found.items[0].id
  const stored = async () => {
    const answer = await request.get(`/api/vehicles/${vehicle}/day?from=${iso(yesterday)}&to=${iso(today)}`)
    return answer.ok() ? (await answer.json()).fixes : 0
  }
  await expect.poll(stored, { timeout: 30_000 }).toBe(roundOf(yesterday).length)
  await request.dispose()
})

const addressOf = (more = '') => `/history?vehicle=${vehicle}&from=${iso(yesterday)}&to=${iso(today)}${more}`

async function drawn(page: Page): Promise<void> {
  await page.waitForFunction(() => window.droverHistory?.map.loaded())
}

async function open(page: Page, more = ''): Promise<void> {
  await page.goto(addressOf(more))
  await expect(page.locator('.trips li').first()).toBeVisible()
  await drawn(page)
}

const clockOf = (page: Page) => page.locator('.player time')
const current = (page: Page) => page.locator('.trips [aria-current]')

// whereabouts is where the map shows the vehicle.
const whereabouts = (page: Page) =>
  page.evaluate((id) => {
    const { fleet } = window.droverHistory!.crowd
    const slot = fleet.slot(id)
    return [fleet.longitude[slot]! / 1e7, fleet.latitude[slot]! / 1e7] as const
  }, vehicle)

// expected is where the vehicle was at a time, by what was sent.
function expected(time: number): readonly [number, number] {
  const fixes = roundOf(yesterday)
  const next = fixes.findIndex((f) => f.time > time)
  const [a, b] = [fixes[next - 1]!, fixes[next]!]
  const share = (time - a.time) / (b.time - a.time)
  return [a.longitude + (b.longitude - a.longitude) * share, a.latitude + (b.latitude - a.latitude) * share]
}

async function agrees(page: Page, time: number): Promise<void> {
  const shown = new Date(time).toISOString().slice(11, 19)
  await expect(clockOf(page)).toHaveText(shown)
  const [longitude, latitude] = await whereabouts(page)
  const [x, y] = expected(time)
  expect(Math.abs(longitude - x)).toBeLessThan(2e-4)
  expect(Math.abs(latitude - y)).toBeLessThan(2e-4)
  const minutes = await current(page).locator('.when span').innerText()
  const [from, to] = minutes.split('–') as [string, string]
  expect(from <= shown.slice(0, 5) && shown.slice(0, 5) <= to).toBe(true)
}

test('a vehicle’s day is on map, timeline, charts and list', async ({ page }) => {
  await open(page, `&time=${iso(at('07:30:00'))}`)
  await expect(page.getByRole('heading', { name: 'History' })).toBeVisible()
  await expect(page.locator('.history-side .totals')).toContainText('km')
  await expect(page.locator('.trips [data-kind="stop"]')).toHaveCount(8)
  await expect(page.locator('.plot canvas')).toHaveCount(2)
  await expect(page.getByRole('figure', { name: 'Speed' })).toContainText('km/h')
  const classes = await page.evaluate(() =>
    window
      .droverHistory!.map.queryRenderedFeatures({ layers: ['way', 'way-gap'] })
      .map((f) => f.properties.class),
  )
  expect(new Set(classes).size).toBeGreaterThan(2)
  expect(classes).toContain(-1)
  await inBoth(page, 'history')
})

test('it plays, faster and slower, and keeps the moment in the address', async ({ page }) => {
  await open(page, `&time=${iso(at('07:30:00'))}&speed=120`)
  await page.keyboard.press(']')
  await expect(page.getByLabel('Playback speed')).toHaveValue('300')
  await page.keyboard.press('[')
  await page.keyboard.press('p')
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible()
  await expect.poll(() => clockOf(page).innerText()).not.toMatch(/^07:30/)
  await page.keyboard.press(' ')
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
  const shown = await clockOf(page).innerText()
  await expect(page).toHaveURL(new RegExp(`time=[^&]*T${shown}Z.*speed=120`))
  await page.reload()
  await expect(clockOf(page)).toHaveText(shown)
})

test('scrubbing by keyboard moves one cursor everywhere', async ({ page }) => {
  await open(page, `&time=${iso(at('07:30:00'))}`)
  await agrees(page, at('07:30:00'))
  const slider = page.getByRole('slider', { name: 'Time' })
  await slider.focus()
  await page.keyboard.press('ArrowRight')
  await agrees(page, at('07:31:00'))
  await page.keyboard.press('Shift+ArrowLeft')
  await agrees(page, at('07:30:50'))
  await expect(slider).toHaveAttribute('aria-valuenow', String(at('07:30:50') / 1000))
  await page.keyboard.press('PageUp')
  await expect(current(page).locator('i')).toHaveText('3')
  await page.locator('.trips button').nth(4).click()
  await expect(current(page)).toHaveCount(1)
  await expect(page.locator('.trips li').nth(4).getByRole('button')).toHaveAttribute('aria-current', 'time')
})

test('the pointer on a chart shows that moment on the map and in the list', async ({ page }) => {
  await open(page, `&time=${iso(at('07:30:00'))}`)
  const plot = page.getByRole('figure', { name: 'Speed' })
  const box = (await plot.boundingBox())!
  await page.mouse.move(box.x + box.width * 0.55, box.y + 40)
  await expect(clockOf(page)).not.toHaveText('07:30:00')
  const shown = await clockOf(page).innerText()
  const line = (await page.locator('.cursor-line').boundingBox())!
  expect(Math.abs(line.x + 1 - (box.x + box.width * 0.55))).toBeLessThan(2)
  await agrees(page, at(shown))
  await page.mouse.move(box.x + box.width * 0.55, box.y - 400)
  await expect(clockOf(page)).toHaveText('07:30:00')
  await page.mouse.click(box.x + box.width * 0.55, box.y + 40)
  await page.mouse.move(5, 5)
  await expect(clockOf(page)).toHaveText(shown)
})

test('other charts can be chosen', async ({ page }) => {
  await open(page)
  await page.getByRole('button', { name: 'Charts', exact: true }).first().click()
  await page.getByLabel('Supply voltage').check()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('figure', { name: 'Supply voltage' }).locator('canvas')).toBeVisible()
  await expect(page).toHaveURL(/charts=speed_kmh,altitude_m,external_v|charts=speed_kmh%2C/)
})

test('what is shown is handed out as GPX, GeoJSON, KML and CSV', async ({ page }) => {
  await open(page)
  for (const [name, extension, begins] of [
    ['GPX track', 'gpx', '<?xml'],
    ['GeoJSON', 'geojson', '{"type":"FeatureCollection"'],
    ['KML for Earth', 'kml', '<?xml'],
    ['CSV table', 'csv', 'time,'],
  ] as const) {
    await page.getByRole('button', { name: 'Export' }).click()
    const coming = page.waitForEvent('download')
    await page.getByRole('link', { name }).click()
    const file = await coming
    expect(file.suggestedFilename()).toMatch(new RegExp(`\\.${extension}$`))
    expect(readFileSync(await file.path(), 'utf8').startsWith(begins), extension).toBe(true)
    await page.keyboard.press('Escape')
  }
})

test('the days with reports are marked; an empty day leads to the last', async ({ page }) => {
  await page.goto(
    `/history?vehicle=${vehicle}&from=${iso(yesterday - 40 * day)}&to=${iso(yesterday - 39 * day)}`,
  )
  await expect(page.locator('.nothing')).toContainText('No fixes on')
  await page.locator('.nothing').getByRole('button', { name: /^Open/ }).click()
  await expect(page.locator('.trips li').first()).toBeVisible()
  await expect(page).toHaveURL(new RegExp(`from=${iso(yesterday)}`))
  await page.getByRole('button', { name: 'Earlier' }).click()
  await expect(page).toHaveURL(new RegExp(`from=${iso(yesterday - day)}`))
  await page.getByRole('button', { name: /^Day or range/ }).click()
  const marked = page.locator('.month [data-driven="far"]')
  await expect(marked.first()).toBeVisible()
  expect(await barriers(page)).toEqual([])
  await picture(page, 'history-calendar')
  await page.getByRole('button', { name: 'Last 7 days' }).click()
  await expect(page.locator('.day-rows li')).toHaveCount(2)
})

test('a long time is drawn as tiles, and a click opens the day', async ({ page }) => {
  const tile = page.waitForResponse((r) => r.url().includes('/api/tracks/') && r.status() === 200)
  await page.goto(`/history?vehicle=${vehicle}&from=${iso(today - 30 * day)}&to=${iso(today + day)}`)
  // The lines themselves are drawn some minutes after their fixes came; a click asks for the fixes.
  expect((await tile).headers()['content-type']).toContain('mapbox-vector-tile')
  await expect(page.locator('.day-rows li')).toHaveCount(2)
  await drawn(page)
  expect(await page.evaluate(() => window.droverHistory!.map.getLayer('tracks') !== undefined)).toBe(true)
  await picture(page, 'history-long')
  const place = await page.evaluate(
    ([x, y]) => {
      const { map } = window.droverHistory!
      const box = map.getContainer().getBoundingClientRect()
      const { x: left, y: top } = map.project([x, y])
      return { x: box.x + left, y: box.y + top }
    },
    expected(at('08:24:10')),
  )
  await page.mouse.click(place.x, place.y)
  await expect(page).toHaveURL(new RegExp(`from=${iso(yesterday)}&to=${iso(today)}`))
  await expect(page.locator('.trips li').first()).toBeVisible()
})

test('the fleet at a past minute', async ({ page }) => {
  const minute = Math.floor(Date.now() / 60_000) * 60_000
  await page.goto(
    `/history?from=${iso(minute - 3_600_000)}&to=${iso(minute)}&time=${iso(minute - 10_000)}&speed=1`,
  )
  const rows = page.locator('.at li button')
  await expect(rows.first()).toBeVisible()
  await expect(page.locator('.at h2')).toContainText('The fleet at')
  await expect.poll(() => page.evaluate(() => window.droverHistory!.crowd.shown.length)).toBeGreaterThan(50)
  await drawn(page)
  expect(await barriers(page)).toEqual([])
  await picture(page, 'history-fleet')
  const name = await rows.first().locator('b').innerText()
  await rows.filter({ has: page.getByText(name, { exact: true }) }).click()
  await expect(page.getByRole('button', { name: /^Vehicles/ })).toContainText(name)
  await expect(page).toHaveURL(/vehicle=\d+/)
})

test('several vehicles share the clock, and the list says where each was', async ({ page }) => {
  await open(page, `&time=${iso(at('07:30:00'))}`)
  await page.getByRole('button', { name: /^Vehicles/ }).click()
  await page.getByRole('searchbox', { name: 'Search vehicles' }).fill('Van')
  await page
    .getByRole('checkbox', { name: /^Add Van/ })
    .first()
    .check()
  await page.keyboard.press('Escape')
  await expect(page.locator('.at li')).toHaveCount(2)
  await expect(page).toHaveURL(new RegExp(`vehicle=${vehicle},\\d+`))
})

test('on a phone the day is a sheet over the map', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await open(page, `&time=${iso(at('07:30:00'))}`)
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeInViewport()
  expect(await barriers(page)).toEqual([])
  await picture(page, 'history-phone')
  await page.getByRole('button', { name: 'Show more of the day' }).click()
  await expect(page.locator('.plot canvas').first()).toBeVisible()
  await picture(page, 'history-phone-full')
})

test('on paper there are the map’s picture and the list', async ({ page }) => {
  await page.addInitScript(() => {
    window.print = () => document.body.setAttribute('data-printed', 'yes')
  })
  await open(page)
  await page.getByRole('button', { name: 'Print' }).click()
  await expect(page.locator('body')).toHaveAttribute('data-printed', 'yes')
  await page.emulateMedia({ media: 'print' })
  await expect(page.locator('.paper img')).toBeVisible()
  await expect(page.locator('.paper tr')).toHaveCount(await page.locator('.trips li').count())
  await expect(page.getByRole('button', { name: 'Print' })).toBeHidden()
  await page.pdf({ path: 'test-results/history.pdf', format: 'A4' })
})
