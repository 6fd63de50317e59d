// The pictures of docs/desk.md: each is taken where the text says what it shows.
import { mkdirSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, listed, openDesk, settled, speaking, test } from './desk'

const folder = 'test-results/tour'

async function take(page: Page, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: `${folder}/${name}.jpg`, type: 'jpeg', quality: 82 })
}

// tellByText talks with a tracker by SMS, and shows it. It gives the ICCID of the SIM that the tracker says it has.
async function tellByText(page: Page): Promise<string> {
  const { id, device } = await speaking(page, 'teltonika')
  const { items } = await (await page.request.get(`/api/sims?search=${device!.identity}`)).json()
  const [{ iccid, ...sim }] = items
  const contract = {
    operator: 'Null Island Mobile',
    plan: 'M2M 5 MB',
    budget_bytes: 5e6,
    budget_messages: 50,
  }
  const change = { data: contract, headers: { 'If-Match': `"${sim.revision}"` } }
  expect((await page.request.patch(`/api/sims/${sim.id}`, change)).ok()).toBe(true)
  for (const text of ['getver', 'getinfo', 'getgps']) {
    const data = { kind: 'custom', text, line: 'sms', wait_s: 30 }
    expect((await page.request.post(`/api/devices/${device!.id}/commands`, { data })).ok()).toBe(true)
  }
  await page.goto(`/console?vehicle=${id}`)
  await expect(page.getByRole('button', { name: /Show on the map/ })).toBeVisible()
  await page.getByRole('combobox', { name: /^Command for / }).fill('get')
  await take(page, 'console')
  return iccid
}

test('the tour of the desk', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 810 })
  await page.emulateMedia({ colorScheme: 'dark' })
  await openDesk(page)
  await take(page, 'live')
  await (await listed(page)).row.click()
  const detail = page.getByRole('complementary', { name: 'Selected vehicle' })
  await expect(detail.locator('.values')).toContainText('Speed')
  await settled(page)
  await take(page, 'detail')

  const id = new URL(page.url()).searchParams.get('vehicle')
  await page.emulateMedia({ colorScheme: 'light' })
  await page.goto(`/history?vehicle=${id}`)
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeEnabled()
  await take(page, 'history')

  await page.goto('/manage/devices')
  await expect(page.getByRole('row').nth(5)).toBeVisible()
  await take(page, 'manage')

  await page.goto('/manage/import')
  const csv = 'identity,name,plate,group\n356307042441013,Van 1,AB 123 C,North/Depot 2\n,Nameless,,\n'
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'fleet.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
  await expect(page.locator('.bad-rows')).toBeVisible()
  await take(page, 'import')

  const iccid = await tellByText(page)
  await page.goto('/modems')
  await expect(page.locator('.modem').nth(1)).toBeVisible()
  await take(page, 'modems')
  await page.goto('/sims')
  await page.getByText(iccid).click()
  await expect(page.getByRole('complementary', { name: /^SIM \d/ })).toBeVisible()
  await take(page, 'sims')

  await page.goto('/audit')
  await expect(page.getByRole('table')).toBeVisible()
  await take(page, 'audit')
  await page.goto('/server')
  await expect(page.getByRole('table').first()).toBeVisible()
  await take(page, 'server')
})

test('the tour on a phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await openDesk(page)
  await take(page, 'phone')
})
