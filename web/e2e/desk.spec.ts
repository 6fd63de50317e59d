import type { Page, Request } from '@playwright/test'
import { Status } from '../src/fleet/status'
import { enter } from './account'
import {
  barriers,
  expect,
  listed,
  nobody,
  openDesk,
  paint,
  picture,
  places,
  rows,
  schemes,
  settled,
  test,
  vehicle,
} from './desk'

test.describe('before anybody has signed in', () => {
  test.use({ storageState: nobody })

  test('a wrong password is said plainly, the right one opens the desk', async ({ page }) => {
    await page.goto('/')
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
    expect(await barriers(page)).toEqual([])
    await page.getByLabel('E-mail').fill('nobody@example.org')
    await page.getByLabel('Password').fill('not the password')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('alert')).toHaveText('The e-mail or the password is wrong.')
    await picture(page, 'sign-in')
    await enter(page)
    await settled(page)
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
    const weigh = (request: Request) => {
      if (!new URL(request.url()).pathname.startsWith('/tiles/')) {
        sizes.push(request.sizes().then((size) => size.responseBodySize))
      }
    }
    page.on('requestfinished', weigh)
    await page.goto('/')
    await expect(page.getByLabel('E-mail')).toBeVisible()
    arrive()
    await enter(page)
    await settled(page)
    page.off('requestfinished', weigh) // what comes later may end with the page
    const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
    expect(total).toBeGreaterThan(300 * 1024)
    expect(total).toBeLessThanOrEqual(500 * 1024)
  })
})

test('vehicles move', async ({ page }) => {
  await openDesk(page)
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
  await openDesk(page, '/?sort=name')
  const { row, name } = await listed(page)
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

// loner is a vehicle that stands farther from all others than any other that stands.
const loner = (page: Page) =>
  page.evaluate((stopped) => {
    const { fleet } = window.drover
    const slots = Array.from({ length: fleet.count }, (_, i) => i).filter((i) => fleet.located(i))
    const alone = (a: number) =>
      Math.min(
        ...slots.map((b) =>
          a === b ? Infinity : Math.hypot(fleet.x[a]! - fleet.x[b]!, fleet.y[a]! - fleet.y[b]!),
        ),
      )
    const standing = slots.filter((i) => fleet.status[i] === stopped)
    const [slot] = standing.map((i) => ({ i, apart: alone(i) })).sort((a, b) => b.apart - a.apart)
    return { name: fleet.names[slot!.i]!, id: fleet.ids[slot!.i]! }
  }, Status.Stopped)

test('a vehicle is selected on the map, and the list shows it', async ({ page }) => {
  await openDesk(page)
  const { name, id } = await loner(page)
  const heading = page
    .getByRole('complementary', { name: 'Selected vehicle' })
    .getByRole('heading', { level: 2 })
  // It may set off at any moment, so each try looks where it is now.
  await expect(async () => {
    const at = await page.evaluate((id) => {
      const { fleet, map } = window.drover
      const slot = fleet.slot(id)
      const place: [number, number] = [fleet.longitude[slot]! / 1e7, fleet.latitude[slot]! / 1e7]
      map.jumpTo({ center: place, zoom: 17 })
      return map.project(place)
    }, id)
    await page.locator('.maplibregl-canvas').click({ position: { x: at.x, y: at.y }, timeout: 5000 })
    await expect(heading).toHaveText(name, { timeout: 3000 })
  }).toPass({ timeout: 60_000 })
  await expect(page.locator(`#vehicle-${id}`)).toHaveAttribute('aria-selected', 'true')
  await expect(page.locator(`#vehicle-${id}`)).toBeInViewport()
})

test('search and state filters narrow the list, keys walk through it', async ({ page }) => {
  await openDesk(page)
  const list = rows(page)
  const { name, plate } = await vehicle(page, 'one with a plate', (v) => v.plate !== '')
  await page.keyboard.press('/')
  await page.keyboard.type(plate) // unlike a name it is no part of another's
  await expect(list.first().locator('.name b')).toHaveText(name)
  expect(new URL(page.url()).searchParams.get('search')).toBe(plate)
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
  await expect(async () => {
    const shown = Number(await list.first().getAttribute('aria-setsize'))
    expect(await moving.locator('b').innerText()).toBe(shown.toLocaleString('en-GB'))
  }).toPass() // one may stop between the two looks
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
  await openDesk(page)
  await expect(page.locator('.live-state')).toHaveText('Live')
  const lost = page.getByText('The live line is lost.')
  await expect(lost).toHaveCount(0)
  cut = true
  end()
  await expect(lost).toBeVisible()
  await expect(page.locator('.live-state')).toHaveText('No live line')
  await picture(page, 'line-lost')
  // The line comes back with the click, not before: it also tries by itself.
  await page.exposeFunction('mend', () => {
    cut = false
  })
  await page.evaluate(() => document.addEventListener('click', () => Reflect.get(window, 'mend')(), true))
  await page.getByRole('button', { name: 'Reconnect now' }).click()
  await expect(lost).toHaveCount(0)
  await expect(page.locator('.live-state')).toHaveText('Live')
  const before = await places(page)
  await expect
    .poll(async () => JSON.stringify(await places(page)), { timeout: 45_000 })
    .not.toBe(JSON.stringify(before))
})

test('nothing bars anyone from the desk', async ({ page }) => {
  await openDesk(page)
  for (const scheme of schemes) {
    await paint(page, scheme)
    expect(await barriers(page), scheme).toEqual([])
    await picture(page, `desk-${scheme}`)
    const { row } = await listed(page)
    await row.click()
    await expect(page.locator('.values .age').first()).not.toBeEmpty()
    expect(await barriers(page), `a vehicle, ${scheme}`).toEqual([])
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog')).toBeVisible()
    expect(await barriers(page), `keys, ${scheme}`).toEqual([])
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await page.locator('.knocking').click()
    await expect(page.getByLabel('IMEI or identity')).toBeVisible()
    expect(await barriers(page), `devices, ${scheme}`).toEqual([])
    await picture(page, `devices-${scheme}`)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('complementary', { name: 'Selected vehicle' })).toHaveCount(0)
  }
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('the list is a sheet, a vehicle opens in it, and nothing is wider than the screen', async ({
    page,
  }) => {
    await openDesk(page)
    await picture(page, 'phone')
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(width).toBeLessThanOrEqual(390)
    const side = page.locator('.side')
    const half = (await side.boundingBox())!.height
    await page.getByRole('button', { name: 'Show more of the list' }).click()
    await expect.poll(async () => (await side.boundingBox())!.height).toBeGreaterThan(half * 1.5)
    const { row, name } = await listed(page)
    await row.tap()
    await expect(page.getByRole('complementary', { name: 'Selected vehicle' })).toContainText(name)
    await picture(page, 'phone-selected')
    expect(await barriers(page)).toEqual([])
    await page.goBack()
    await expect(rows(page).first()).toBeVisible()
  })
})
