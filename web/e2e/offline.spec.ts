import { leave, signInAt } from './account'
import { barriers, expect, openDesk, picture, rows, test } from './desk'

test.use({ serviceWorkers: 'allow' })

test('without a connection the page opens and shows the last known state', async ({ page, context }) => {
  const byName = '/?sort=name' // an order that stays
  await openDesk(page, byName)
  const name = await rows(page).first().locator('.name b').innerText()
  await page.evaluate(() => navigator.serviceWorker.ready)
  await expect
    .poll(() => page.evaluate(async () => (await caches.keys()).some((key) => key.startsWith('page-'))))
    .toBe(true)
  await page.reload() // what is seen is kept when the page goes
  await expect(rows(page).first()).toBeVisible()
  await expect(page.locator('.live-state')).toHaveText('Live')
  await page.goto('/history')
  await expect(page.getByRole('navigation', { name: 'Rooms' })).toBeVisible()

  await context.setOffline(true)
  await page.goto(byName)
  await expect(page.getByText(/No connection. You see the fleet as of \d\d:\d\d/)).toBeVisible()
  await expect(rows(page).first().locator('.name b')).toHaveText(name)
  await page.waitForFunction(() => window.drover?.map.loaded())
  expect(await barriers(page)).toEqual([])
  await picture(page, 'offline')

  await context.setOffline(false)
  await expect(page.locator('.live-state')).toHaveText('Live')
  await expect(page.getByText(/No connection/)).toHaveCount(0)
})

test('signing out forgets what was kept', async ({ page, context }) => {
  await signInAt(page, '/settings')
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.reload()
  await leave(page)
  await context.setOffline(true)
  await page.goto('/')
  await expect(page.getByLabel('E-mail')).toBeVisible()
  await expect(rows(page)).toHaveCount(0)
})

test('the page can be installed', async ({ page, request }) => {
  await page.goto('/')
  const manifest = await (await request.get('/manifest.webmanifest')).json()
  expect(manifest).toMatchObject({ name: 'Drover', start_url: '/', display: 'standalone' })
  for (const icon of manifest.icons) {
    const answer = await request.get(icon.src)
    expect(answer.status(), icon.src).toBe(200)
    expect(answer.headers()['content-type']).toBe(icon.type)
  }
})
