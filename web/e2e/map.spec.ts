import type { Page } from '@playwright/test'
import { Status } from '../src/fleet/status'
import { barriers, driving, expect, inBoth, listed, openDesk, picture, settled, test } from './desk'

const canvas = (page: Page) => page.locator('.map .maplibregl-canvas')
const toolbar = (page: Page) => page.getByRole('toolbar', { name: 'Map' })

// look moves the map and waits until it is drawn.
async function look(page: Page, place: { center?: [number, number]; zoom?: number; bearing?: number }) {
  await page.evaluate((to) => {
    window.drover.map.jumpTo(to)
  }, place)
  await page.waitForFunction(() => window.drover.map.loaded())
}

// closest finds the two standing vehicles that are nearest to each other, and moves the map to their middle at a zoom.
async function closest(page: Page, zoom: number): Promise<{ ids: number[]; names: string[] }> {
  const found = await page.evaluate(
    ([zoom, stopped]) => {
      const { fleet, map } = window.drover
      const slots = Array.from({ length: fleet.count }, (_, i) => i).filter(
        (i) => fleet.located(i) && fleet.status[i] === stopped,
      )
      let [best, pair] = [Number.POSITIVE_INFINITY, [0, 1]]
      for (const a of slots) {
        for (const b of slots) {
          if (a >= b) continue
          const apart = Math.hypot(fleet.x[a]! - fleet.x[b]!, fleet.y[a]! - fleet.y[b]!)
          if (apart < best) [best, pair] = [apart, [a, b]]
        }
      }
      const middle = (column: Int32Array) => (column[pair[0]!]! + column[pair[1]!]!) / 2e7
      map.jumpTo({ center: [middle(fleet.longitude), middle(fleet.latitude)], zoom })
      return { ids: pair.map((i) => fleet.ids[i]!), names: pair.map((i) => fleet.names[i]!) }
    },
    [zoom, Status.Stopped] as const,
  )
  await page.waitForFunction(() => window.drover.map.loaded())
  return found
}

// placeOf is where a vehicle is drawn, from the page's corner.
async function placeOf(page: Page, id: number): Promise<{ x: number; y: number }> {
  return page.evaluate((id) => {
    const { fleet, map } = window.drover
    const slot = fleet.slot(id)
    const at = map.project([fleet.longitude[slot]! / 1e7, fleet.latitude[slot]! / 1e7])
    const box = map.getCanvas().getBoundingClientRect()
    return { x: at.x + box.x, y: at.y + box.y }
  }, id)
}

// hover points at a vehicle, wherever it is now, and gives that place once its card is there.
async function hover(page: Page, id: number): Promise<{ x: number; y: number }> {
  let at = { x: 0, y: 0 }
  await expect(async () => {
    await page.mouse.move(1, 1)
    at = await placeOf(page, id)
    await page.mouse.move(at.x, at.y)
    await expect(page.locator('.hover > div')).toBeVisible({ timeout: 3000 })
  }).toPass({ timeout: 40_000 })
  return at
}

test('the map’s menu and tools bar nobody', async ({ page }) => {
  const { id } = await driving(page)
  await openDesk(page, `/?vehicle=${id}`)
  await toolbar(page).getByRole('button', { name: 'Watch the selected vehicle' }).click()
  await toolbar(page).getByRole('button', { name: 'Measure distances' }).click()
  await toolbar(page).getByRole('button', { name: 'What the map shows' }).click()
  await expect(page.getByRole('radio', { name: 'As the page' })).toBeChecked()
  await inBoth(page, 'map-tools')
})

test('the base map is chosen apart from the page, and everything on it stays', async ({ page }) => {
  await openDesk(page)
  await toolbar(page).getByRole('button', { name: 'What the map shows' }).click()
  const land = () =>
    page.evaluate(() => {
      const { map } = window.drover
      return map.getLayer('land') ? map.getPaintProperty('land', 'fill-color') : 'not drawn yet'
    })
  const [day, night] = ['#f4f3ef', '#1b222b']
  expect(await land()).toBe(day)
  await page.getByRole('radio', { name: 'Night' }).check()
  await expect.poll(land).toBe(night)
  const layers = () =>
    page.evaluate(() => ['trails', 'vehicles'].filter((id) => window.drover.map.getLayer(id)).length)
  await expect.poll(layers).toBe(2)
  await expect(page.locator('html')).not.toHaveAttribute('data-theme', 'dark')
  await page.reload()
  await settled(page)
  expect(await land()).toBe(night)
})

test('the map comes back after the graphics were lost', async ({ page }) => {
  await openDesk(page)
  const gl = await page.evaluateHandle(() =>
    window.drover.map.getCanvas().getContext('webgl2')!.getExtension('WEBGL_lose_context'),
  )
  await gl.evaluate((extension) => extension!.loseContext())
  await page.waitForFunction(() => window.drover.map.getCanvas().getContext('webgl2')!.isContextLost())
  await gl.evaluate((extension) => extension!.restoreContext())
  await page.waitForFunction(() => {
    const { map } = window.drover
    return map.loaded() && map.getLayer('vehicles') && map.getLayer('trails')
  })
  expect(await page.evaluate(() => window.drover.map.getCanvas().getContext('webgl2')!.getError())).toBe(0)
})

test('vehicles that lie on each other are fanned out, and each can be chosen', async ({ page }) => {
  await openDesk(page)
  const { ids } = await closest(page, 9)
  const { x, y } = await placeOf(page, ids[0]!)
  await page.mouse.click(x, y)
  const fan = page.getByRole('group', { name: /vehicles here/ })
  await expect(fan.getByRole('button').nth(1)).toBeVisible()
  expect(await barriers(page)).toEqual([])
  await picture(page, 'map-fan')
  const second = fan.getByRole('button').nth(1)
  const chosen = await second.innerText()
  await second.click()
  await expect(fan).toHaveCount(0)
  await expect(page.getByRole('complementary', { name: 'Selected vehicle' })).toContainText(chosen)
})

test('near vehicles are grouped when asked for, and the selected one is never hidden', async ({ page }) => {
  const { id: selected, name } = await driving(page)
  await openDesk(page, `/?vehicle=${selected}`)
  const { ids } = await closest(page, 5)
  await toolbar(page).getByRole('button', { name: 'What the map shows' }).click()
  await page.getByRole('checkbox', { name: 'Group near vehicles' }).check()
  await page.keyboard.press('Escape')
  await page.waitForFunction(() => window.drover.map.loaded())
  await picture(page, 'map-clusters')
  const other = ids.find((id) => id !== selected)!
  const { x, y } = await placeOf(page, other)
  const zoom = () => page.evaluate(() => window.drover.map.getZoom())
  const before = await zoom()
  await page.mouse.click(x, y) // on the bubble, or beside it
  await expect.poll(zoom).toBeGreaterThanOrEqual(before)
  await expect(
    page.getByRole('complementary', { name: 'Selected vehicle' }).getByRole('heading', { name, exact: true }),
  ).toBeVisible()
})

test('the hover card stands beside the vehicle, and never on it', async ({ page }) => {
  await openDesk(page)
  const { ids } = await closest(page, 13)
  const width = page.viewportSize()!.width
  for (const offset of [0, 560]) {
    await page.evaluate((by) => {
      window.drover.map.panBy([by, 0], { animate: false })
    }, -offset)
    if ((await placeOf(page, ids[0]!)).x > width - 30) continue
    const { x, y } = await hover(page, ids[0]!)
    const box = (await page.locator('.hover > div').boundingBox())!
    const apart = x < box.x || x > box.x + box.width || y < box.y || y > box.y + box.height
    expect(apart).toBe(true)
    expect(box.x + box.width).toBeLessThanOrEqual(width)
  }
})

test('vehicles are watched, each with its colour, also after a reload', async ({ page }) => {
  await openDesk(page, '/?sort=name') // an order that stays
  for (const n of [0, 1]) {
    await (await listed(page, n)).row.click()
    await toolbar(page).getByRole('button', { name: 'Watch the selected vehicle' }).click()
  }
  const watched = page.getByRole('list', { name: 'Watched vehicles' }).getByRole('listitem')
  await expect(watched).toHaveCount(2)
  const colours = await watched.evaluateAll((all) => all.map((one) => getComputedStyle(one).borderLeftColor))
  expect(new Set(colours).size).toBe(2)
  await picture(page, 'map-watched')
  await page.reload()
  await settled(page)
  await expect(watched).toHaveCount(2)
  await watched
    .first()
    .getByRole('button', { name: /Stop watching/ })
    .click()
  await expect(watched).toHaveCount(1)
})

test('distances are measured by mouse and by keyboard', async ({ page }) => {
  await openDesk(page)
  await look(page, { center: [10, 50], zoom: 7 })
  await toolbar(page).getByRole('button', { name: 'Measure distances' }).click()
  const box = (await canvas(page).boundingBox())!
  const panel = page.getByRole('region', { name: 'Distance' })
  await page.mouse.click(box.x + 420, box.y + 300)
  await page.mouse.click(box.x + 620, box.y + 300)
  await expect(panel.getByRole('status')).toContainText(/\d km/)
  const two = await panel.getByRole('status').innerText()
  await page.mouse.move(box.x + 620, box.y + 300)
  await page.mouse.down()
  await page.mouse.move(box.x + 720, box.y + 340, { steps: 4 })
  await page.mouse.up()
  await expect(panel.getByRole('status')).not.toHaveText(two)
  await canvas(page).focus()
  await page.keyboard.press('Enter')
  await expect(panel.getByRole('listitem')).toHaveCount(2)
  await picture(page, 'map-measure')
  await page.keyboard.press('Backspace')
  await expect(panel.getByRole('listitem')).toHaveCount(0)
  await panel.getByRole('button', { name: 'Done' }).click()
  await expect(panel).toHaveCount(0)
})

test('the map is turned, and turned back by the compass', async ({ page }) => {
  await openDesk(page)
  const { ids } = await closest(page, 12)
  await look(page, { bearing: 60 })
  await hover(page, ids[0]!) // vehicles are where the turned map is
  await toolbar(page).getByRole('button', { name: 'Turn north up' }).click()
  await expect.poll(() => page.evaluate(() => window.drover.map.getBearing())).toBe(0)
})

const picture1 = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

test('the operator’s own map lies over the embedded one', async ({ page, baseURL }) => {
  const url = `${baseURL}/raster/{z}/{x}/{y}.png`
  await page.route('**/api/hello', async (route) => {
    const answer = await (await route.fetch()).json()
    await route.fulfill({ json: { ...answer, basemap: { kind: 'raster', url, attribution: 'Own survey' } } })
  })
  await page.route('**/raster/**', (route) => route.fulfill({ body: picture1, contentType: 'image/png' }))
  await openDesk(page)
  expect(await page.evaluate(() => window.drover.map.getSource('own')?.type)).toBe('raster')
  await expect(page.locator('.maplibregl-ctrl-attrib')).toContainText('Own survey')
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('distances are measured by touch', async ({ page }) => {
    await openDesk(page)
    await page.getByRole('button', { name: 'Measure distances' }).tap()
    const panel = page.getByRole('region', { name: 'Distance' })
    await expect(page.locator('.measure-cross')).toBeVisible()
    await panel.getByRole('button', { name: 'Set a point here' }).tap()
    await page.touchscreen.tap(120, 330)
    await expect(panel.getByRole('status')).toContainText(/[1-9]/)
    expect(await barriers(page)).toEqual([])
    await picture(page, 'map-phone')
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  })
})
