import { createConnection } from 'node:net'
import type { Page } from '@playwright/test'
import { barriers, expect, openDesk, picture, test } from './desk'

// An IMEI of our own for each run, with its check digit.
function imei(): string {
  const body = `35${String(Date.now()).slice(-12)}`
  let sum = 0
  for (let i = 0; i < 14; i++) {
    const digit = Number(body[i]) * (i % 2 === 1 ? 2 : 1)
    sum += digit > 9 ? digit - 9 : digit
  }
  return body + ((10 - (sum % 10)) % 10)
}

// report sends one H02 fix, as a tracker that has just been set up would.
function report(port: number, identity: string): Promise<void> {
  const now = new Date().toISOString()
  const time = now.slice(11, 19).replaceAll(':', '')
  const date = `${now.slice(8, 10)}${now.slice(5, 7)}${now.slice(2, 4)}`
  const text = `*HQ,${identity},V1,${time},A,4830.0000,N,00235.0000,E,010.00,090,${date},FFFFFBFF#`
  return new Promise((done, fail) => {
    const socket = createConnection(port, '127.0.0.1', () => socket.end(text))
    socket.resume() // what is not read keeps the socket from closing
    socket.on('close', () => done())
    socket.on('error', fail)
  })
}

async function openGuide(page: Page) {
  await openDesk(page)
  await page.locator('.knocking').click()
  const guide = page.getByRole('dialog', { name: 'Add a device' })
  await guide.getByLabel('Family').selectOption({ label: 'SinoTrack (H02)' })
  return guide
}

test('a first device is led from its family to its first place', async ({ page }) => {
  const guide = await openGuide(page)
  const identity = imei()
  await guide.getByLabel('This server’s address').fill('fleet.example.org')
  const port = Number(await guide.getByLabel('Port').inputValue())
  await guide.getByLabel('APN').fill('internet')
  await expect(guide.getByText(`8040000 fleet.example.org ${port}`)).toBeVisible()
  expect(await barriers(page)).toEqual([])
  await picture(page, 'first-device')

  await guide.getByLabel('IMEI or identity').fill(identity)
  await guide.getByLabel('Name').fill(`First ${identity}`)
  await guide.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(guide.getByText(`The server knows First ${identity}`)).toBeVisible()
  await picture(page, 'first-device-waiting')
  const here = guide.getByText(`First ${identity} is on the map.`)
  await expect(async () => {
    await report(port, identity)
    await expect(here).toBeVisible({ timeout: 4000 })
  }).toPass({ timeout: 60_000 })
  expect(await barriers(page)).toEqual([])
  await picture(page, 'first-device-arrived')
  await guide.getByRole('button', { name: 'Show it' }).click()
  await expect(page.getByRole('heading', { name: `First ${identity}` })).toBeVisible()
})

test('a device that has called already is said to have', async ({ page }) => {
  const guide = await openGuide(page)
  const port = Number(await guide.getByLabel('Port').inputValue())
  const identity = imei()
  await report(port, identity)
  await guide.getByLabel('IMEI or identity').fill(identity)
  await expect(guide.getByText('This device has called already')).toBeVisible()
})

test('a newcomer to a simulated fleet is told so, and led on', async ({ page }) => {
  await page.route('**/api/hello', async (route) => {
    const answer = await route.fetch()
    await route.fulfill({ json: { ...(await answer.json()), demo: true } })
  })
  await openDesk(page)
  const strip = page.locator('.demo-strip')
  await expect(strip).toContainText('Simulated fleet')
  expect(await barriers(page)).toEqual([])
  await picture(page, 'demo-strip')
  await strip.getByRole('button', { name: 'Add your first device' }).click()
  await expect(page.getByRole('dialog', { name: 'Add a device' })).toBeVisible()
  await page.keyboard.press('Escape')
  await strip.getByRole('button', { name: 'Hide this line' }).click()
  await expect(strip).toHaveCount(0)
})
