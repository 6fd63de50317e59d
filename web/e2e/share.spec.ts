import { openRoom } from './account'
import { barriers, expect, inBoth, nobody, paint, picture, schemes, test } from './desk'

test('a link shows one vehicle to somebody without an account, until it is ended', async ({
  page,
  browser,
  baseURL,
}) => {
  await openRoom(page, '/settings/links')
  await page.getByRole('button', { name: 'Share a vehicle' }).click()
  const choice = page.getByRole('dialog').getByLabel('Vehicle')
  const name = await choice.locator('option').first().innerText()
  await choice.selectOption({ index: 0 })
  const whom = `Mill & Sons ${Date.now()}`
  await page.getByLabel('For whom').fill(whom)
  expect(await barriers(page)).toEqual([])
  await page.getByRole('button', { name: 'Make link' }).click()
  const url = new URL(await page.getByLabel('Link', { exact: true }).inputValue())
  expect(url.pathname).toMatch(/^\/share\/\S{20,}$/)
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()

  const context = await browser.newContext({ baseURL: baseURL!, locale: 'en-GB', storageState: nobody })
  const guest = await context.newPage()
  await guest.goto(url.pathname)
  await expect(guest.getByRole('heading', { name })).toBeVisible()
  await expect(guest.getByText(/This link works until/)).toBeVisible()
  await expect(guest.locator('.share-sign')).toBeVisible()
  await inBoth(guest, 'share')
  await guest.setViewportSize({ width: 390, height: 844 })
  for (const scheme of schemes) {
    await paint(guest, scheme)
    await picture(guest, `share-phone-${scheme}`)
  }

  await page.getByRole('button', { name: `End: ${name} ${whom}` }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'End' }).click()
  await expect(page.getByText('The link has ended.')).toBeVisible()
  await guest.reload()
  await expect(guest.getByRole('heading', { name: 'This link has ended' })).toBeVisible()
  expect(await barriers(guest)).toEqual([])
  await context.close()
})
