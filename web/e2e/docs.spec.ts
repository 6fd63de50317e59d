import { openRoom } from './account'
import { expect, inBoth, picture, test } from './desk'

test('the API is read and searched', async ({ page }) => {
  await openRoom(page, '/docs')
  const contents = page.getByRole('navigation', { name: 'Operations' })
  await expect(contents.getByRole('link').first()).toBeVisible()
  const all = await contents.getByRole('link').count()
  await inBoth(page, 'docs')
  await contents.getByRole('searchbox').fill('post devices import')
  await expect(contents.getByRole('link')).not.toHaveCount(all)
  await contents.getByRole('link').first().click()
  const operation = page.locator('article').filter({ hasText: '/api/devices/import' })
  await expect(operation).toBeVisible()
  await expect(operation.locator('pre').first()).toContainText('curl -X POST')
  await expect(operation.getByText('dry_run', { exact: true }).first()).toBeVisible()
  await contents.getByRole('searchbox').fill('no operation is called this')
  await expect(page.getByText('Nothing is called like that.')).toBeVisible()
})

test('the API is read on a phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await openRoom(page, '/docs/list-vehicles')
  await expect(page.locator('#list-vehicles')).toBeInViewport()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await picture(page, 'docs-phone')
})
