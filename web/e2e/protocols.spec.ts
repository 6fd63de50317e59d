import { openRoom } from './account'
import { barriers, expect, inBoth, picture, test } from './desk'

test('protocols are searched and read', async ({ page }) => {
  await openRoom(page, '/protocols')
  const families = page.getByRole('table', { name: 'Protocols' })
  await expect(families.getByRole('row', { name: /Teltonika.*TCP, UDP/ })).toBeVisible()
  const all = await families.getByRole('row').count()
  await inBoth(page, 'protocols')

  const search = page.getByRole('searchbox', { name: /^Search by name/ })
  await search.fill('sinotrack')
  await expect(families.getByRole('row')).not.toHaveCount(all)
  await search.fill('no tracker is called this')
  await expect(page.getByText('No protocol is called like that.')).toBeVisible()
  await page.getByRole('button', { name: 'Show all' }).click()
  await expect(families.getByRole('row')).toHaveCount(all)

  await families.getByRole('link', { name: 'Concox GT06' }).press('Enter')
  await expect(page).toHaveURL(/\/protocols\/gt06$/)
  await expect(page.getByRole('heading', { level: 1, name: 'Concox GT06' })).toBeVisible()
  await expect(page.getByText('Any tracker may also call the one port for all')).toBeVisible()
  await expect(page.getByRole('table', { name: 'What is read' })).toContainText('login: IMEI')
  await expect(page.getByRole('list', { name: 'Over the open line' })).toContainText('Immobilise')
  await expect(page.getByRole('table', { name: 'Options' })).toContainText('cuts_when_1 usual')
  await inBoth(page, 'protocol')
  await page.getByRole('link', { name: 'All protocols' }).click()
  await expect(families).toBeVisible()
})

test('a protocol that is not spoken here is said so, and a failure can be tried again', async ({ page }) => {
  await openRoom(page, '/protocols/pigeon')
  await expect(page.getByText('This server speaks no protocol called pigeon.')).toBeVisible()
  await page.getByRole('link', { name: 'All protocols' }).click()
  await expect(page.getByRole('table', { name: 'Protocols' })).toBeVisible()

  let fails = true
  await page.route('**/api/protocols', (route) =>
    fails ? route.fulfill({ status: 503, json: { title: 'Service Unavailable' } }) : route.fallback(),
  )
  await page.goto('/protocols')
  await expect(page.getByRole('alert')).toContainText('The server had a problem (503)')
  fails = false
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('table', { name: 'Protocols' })).toBeVisible()
})

test('protocols on a phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await openRoom(page, '/protocols')
  await expect(page.getByRole('link', { name: 'Concox GT06' })).toBeVisible()
  await picture(page, 'protocols-phone')
  expect(await barriers(page)).toEqual([])
  await page.getByRole('link', { name: 'Concox GT06' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Concox GT06' })).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await picture(page, 'protocol-phone')
})
