import type { Page } from '@playwright/test'
import { barriers, driving, expect, inBoth, listed, openDesk, picture, test } from './desk'

const detail = (page: Page) => page.getByRole('complementary', { name: 'Selected vehicle' })

// open selects one that drives, so that there is something in its day.
async function open(page: Page): Promise<string> {
  const { id, name } = await driving(page)
  await openDesk(page, `/?vehicle=${id}`)
  await expect(detail(page).getByRole('heading', { name, exact: true })).toBeVisible()
  return name
}

test('values have their ages, the day its bar, and nothing bars anyone', async ({ page }) => {
  await open(page)
  await expect(detail(page).locator('.values .age').first()).toHaveText(/\d+ (s|min)/)
  await expect(detail(page).getByRole('img', { name: /^Today: .*driving/ })).toBeVisible()
  await expect(detail(page).getByText('Last events')).toBeVisible()
  await inBoth(page, 'detail')
})

test('messages are a table of all values, and live frames for administrators', async ({ page }) => {
  const name = await open(page)
  await page.keyboard.press('m')
  const messages = page.getByRole('region', { name: `Messages of ${name}` })
  await expect(messages.locator('tbody tr').first()).toBeVisible()
  await expect(messages.getByRole('columnheader', { name: 'Latitude' })).toBeVisible()
  expect(await barriers(page)).toEqual([])
  await picture(page, 'messages')
  await messages.getByRole('tab', { name: 'Fixes' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(messages.getByRole('tab', { name: 'Raw frames' })).toHaveAttribute('aria-selected', 'true')
  await expect(messages.locator('.frames')).toBeVisible()
  expect(await barriers(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect(messages).toHaveCount(0)
  await expect(detail(page)).toBeVisible()
})

test('frames are shown as they happen', async ({ page }) => {
  const frame = (hex: string, direction: string, error: string | null = null) =>
    `event: frame\ndata: ${JSON.stringify({
      ...{ time: '2026-06-01T12:00:00.123Z', direction, transport: 'tcp', hex },
      ...{ message: direction === 'in' ? { device: '356307042441013' } : null, error },
    })}\n\n`
  const body = `${frame('78780d01', 'in')}${frame('78780501', 'out')}event: dropped\ndata: {"frames":3}\n\n`
  await page.route('**/api/devices/*/frames', (route) =>
    route.fulfill({ contentType: 'text/event-stream', body: `retry: 600000\n\n${body}` }),
  )
  await open(page)
  await page.keyboard.press('m')
  await page.getByRole('tab', { name: 'Raw frames' }).click()
  const lines = page.locator('.frames li')
  await expect(lines).toHaveCount(3)
  await expect(lines.nth(0)).toContainText('78 78 0d 01')
  await expect(lines.nth(0)).toContainText('356307042441013')
  await expect(lines.nth(1)).toContainText('to the tracker')
  await expect(lines.nth(2)).toContainText('3 frames')
  expect(await barriers(page)).toEqual([])
  await picture(page, 'frames')
})

test('a server that lacks the newer answers is shown calmly', async ({ page }) => {
  for (const path of ['vehicles/*/day*', 'vehicles/*/events*', 'place*', 'devices/*/frames']) {
    await page.route(`**/api/${path}`, (route) =>
      route.fulfill({ status: 404, json: { title: 'Not Found' } }),
    )
  }
  await open(page)
  await expect(detail(page).locator('.values .age').first()).not.toBeEmpty()
  await expect(detail(page).getByText('Last events')).toHaveCount(0)
  await expect(detail(page).getByRole('alert')).toHaveCount(0)
  await page.keyboard.press('m')
  await page.getByRole('tab', { name: 'Raw frames' }).click()
  await expect(page.getByText('This server does not show frames.')).toBeVisible()
})

test('a vehicle is shared by a link that is shown once', async ({ page }) => {
  const name = await open(page)
  await detail(page).getByRole('button', { name: 'Share link…' }).click()
  const dialog = page.getByRole('dialog', { name: `Share the place of ${name}` })
  await dialog.getByLabel('Valid for').selectOption('1')
  expect(await barriers(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Make the link' }).click()
  await expect(dialog.getByLabel('Link')).toHaveValue(/\/share\//)
  await picture(page, 'share-link')
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('detail and messages fit', async ({ page }) => {
    await openDesk(page)
    await (await listed(page)).row.tap()
    await expect(detail(page)).toBeVisible()
    await detail(page).getByRole('button', { name: 'Messages' }).tap()
    await expect(page.locator('.fix-table tbody tr').first()).toBeVisible()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    expect(await barriers(page)).toEqual([])
    await picture(page, 'phone-messages')
  })
})
