import { Status } from '../src/fleet/status'
import { barriers, expect, picture, places, rows, settled, signIn, test } from './desk'

test('a wrong password is said plainly, the right one opens the desk', async ({ page }) => {
  await page.goto('/')
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  expect(await barriers(page)).toEqual([])
  await page.getByLabel('E-mail').fill('nobody@example.org')
  await page.getByLabel('Password').fill('not the password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert')).toHaveText('The e-mail or the password is wrong.')
  await picture(page, 'sign-in')
  await signIn(page)
  await expect(page.getByRole('heading', { name: 'Vehicles' })).toBeVisible()
})

test('the form is painted before the map’s code arrives, and the first load is small', async ({ page }) => {
  let arrive = () => {}
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve
  })
  await page.route('**/assets/map-*.js', async (route) => {
    await arrived
    await route.fallback()
  })
  const sizes: Promise<number>[] = []
  page.on('requestfinished', (request) => {
    if (!new URL(request.url()).pathname.startsWith('/tiles/')) {
      sizes.push(request.sizes().then((size) => size.responseBodySize))
    }
  })
  await page.goto('/')
  await expect(page.getByLabel('E-mail')).toBeVisible()
  arrive()
  await signIn(page)
  const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
  expect(total).toBeGreaterThan(300 * 1024)
  expect(total).toBeLessThanOrEqual(500 * 1024)
})

test('vehicles move', async ({ page }) => {
  await signIn(page)
  const before = await places(page)
  expect(Object.keys(before).length).toBeGreaterThan(0)
  const moved = async () => {
    const now = await places(page)
    return Object.keys(before).filter((id) => now[id] !== undefined && now[id] !== before[id]).length
  }
  await expect.poll(moved, { timeout: 45_000 }).toBeGreaterThan(0)
  await expect(page.locator('.live-state')).toHaveText('Live')
})

test('a vehicle is selected in the list, followed, kept in the address and left with Esc', async ({
  page,
}) => {
  await signIn(page)
  const row = rows(page).first()
  const name = await row.locator('.name b').innerText()
  await row.click()
  const detail = page.getByRole('complementary', { name: 'Selected vehicle' })
  await expect(detail.getByRole('heading', { name, exact: true })).toBeVisible()
  await expect(detail.locator('.values')).toContainText('Speed')
  await expect(detail.locator('.since')).toContainText('last report')
  await page.keyboard.press('f')
  await expect(detail.getByRole('button', { name: 'Following' })).toHaveAttribute('aria-pressed', 'true')
  await picture(page, 'selected')
  await page.reload()
  await settled(page)
  await expect(detail.getByRole('heading', { name, exact: true })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(detail).toHaveCount(0)
  expect(new URL(page.url()).searchParams.has('vehicle')).toBe(false)
})

test('a vehicle is selected on the map, and the list shows it', async ({ page }) => {
  await signIn(page)
  const { name, id } = await page.evaluate((stopped) => {
    const { fleet, map } = window.drover
    const slots = Array.from({ length: fleet.count }, (_, i) => i)
    const parked = slots.find((i) => fleet.located(i) && fleet.status[i] === stopped)!
    map.jumpTo({ center: [fleet.longitude[parked]! / 1e7, fleet.latitude[parked]! / 1e7], zoom: 17 })
    return { name: fleet.names[parked]!, id: fleet.ids[parked]! }
  }, Status.Stopped)
  await page.waitForFunction(() => window.drover.map.loaded())
  const choice = page.locator('.overlap').getByRole('button', { name, exact: true }) // where several stand together
  const heading = page
    .getByRole('complementary', { name: 'Selected vehicle' })
    .getByRole('heading', { level: 2 })
  // It may move off at any moment.
  await expect(async () => {
    const at = await page.evaluate((id) => {
      const { fleet, map } = window.drover
      const slot = fleet.slot(id)
      return map.project([fleet.longitude[slot]! / 1e7, fleet.latitude[slot]! / 1e7])
    }, id)
    await page.locator('.maplibregl-canvas').click({ position: { x: at.x, y: at.y } })
    await expect(choice.or(heading)).toBeVisible({ timeout: 2000 })
  }).toPass({ timeout: 40_000 })
  if (await choice.isVisible()) await choice.click()
  await expect(heading).toHaveText(name)
  await expect(page.locator(`#vehicle-${id}`)).toHaveAttribute('aria-selected', 'true')
  await expect(page.locator(`#vehicle-${id}`)).toBeInViewport()
})

test('search and state filters narrow the list, keys walk through it', async ({ page }) => {
  await signIn(page)
  const list = rows(page)
  const name = await list.nth(1).locator('.name b').innerText()
  await page.keyboard.press('/')
  await page.keyboard.type(name)
  await expect(list.first().locator('.name b')).toHaveText(name)
  expect(new URL(page.url()).searchParams.get('search')).toBe(name)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('complementary', { name: 'Selected vehicle' })).toContainText(name)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Clear search' }).click()
  await page.locator('#search').fill('no vehicle is called this')
  await expect(page.getByText('No vehicle matches.')).toBeVisible()
  await page.getByRole('button', { name: 'Show all vehicles' }).click()

  const moving = page
    .getByRole('group', { name: 'Show only these states' })
    .getByRole('button', { name: 'Moving' })
  await moving.click()
  await expect(moving).toHaveAttribute('aria-pressed', 'true')
  await expect.poll(async () => Number(await list.first().getAttribute('aria-setsize'))).toBeGreaterThan(0)
  const shown = await list.first().getAttribute('aria-setsize')
  await expect(moving.locator('b')).toHaveText(Number(shown).toLocaleString('en-GB'))
  await moving.click()

  await page.locator('.rows').focus()
  await page.keyboard.press('Escape')
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('k')
  await page.keyboard.press('Enter')
  await expect(page.locator('.row[aria-selected=true]')).toHaveCount(1)
})

test('the loss of the live line is said, and so is its return', async ({ page }) => {
  let cut = false
  let end = () => {}
  await page.routeWebSocket('**/api/live', (socket) => {
    if (cut) {
      socket.close()
      return
    }
    socket.connectToServer()
    end = () => socket.close()
  })
  await signIn(page)
  await expect(page.locator('.live-state')).toHaveText('Live')
  const lost = page.getByText('The live line is lost.')
  await expect(lost).toHaveCount(0)
  cut = true
  end()
  await expect(lost).toBeVisible()
  await expect(page.locator('.live-state')).toHaveText('No live line')
  await picture(page, 'line-lost')
  cut = false
  await page.getByRole('button', { name: 'Reconnect now' }).click()
  await expect(lost).toHaveCount(0)
  await expect(page.locator('.live-state')).toHaveText('Live')
  const before = await places(page)
  await expect
    .poll(async () => JSON.stringify(await places(page)), { timeout: 45_000 })
    .not.toBe(JSON.stringify(before))
})

for (const scheme of ['light', 'dark'] as const) {
  test(`nothing bars anyone from the desk, ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    await signIn(page)
    expect(await barriers(page)).toEqual([])
    await picture(page, `desk-${scheme}`)
    await rows(page).first().click()
    await expect(page.locator('.values .age').first()).not.toBeEmpty()
    expect(await barriers(page)).toEqual([])
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog')).toBeVisible()
    expect(await barriers(page)).toEqual([])
    await page.keyboard.press('Escape')
    const devices = page.locator('.knocking')
    if (await devices.isVisible()) {
      await devices.click()
      await expect(page.getByLabel('IMEI or identity')).toBeVisible()
      expect(await barriers(page)).toEqual([])
      await picture(page, `devices-${scheme}`)
    }
  })
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('the list is a sheet, a vehicle opens in it, and nothing is wider than the screen', async ({
    page,
  }) => {
    await signIn(page)
    await picture(page, 'phone')
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(width).toBeLessThanOrEqual(390)
    const side = page.locator('.side')
    const half = (await side.boundingBox())!.height
    await page.getByRole('button', { name: 'Show more of the list' }).click()
    await expect.poll(async () => (await side.boundingBox())!.height).toBeGreaterThan(half * 1.5)
    const row = rows(page).first()
    const name = await row.locator('.name b').innerText()
    await row.tap()
    await expect(page.getByRole('complementary', { name: 'Selected vehicle' })).toContainText(name)
    await picture(page, 'phone-selected')
    expect(await barriers(page)).toEqual([])
    await page.goBack()
    await expect(rows(page).first()).toBeVisible()
  })
})
