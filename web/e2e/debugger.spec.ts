import type { Page } from '@playwright/test'
import { openRoom } from './account'
import { barriers, expect, inBoth, picture, speaking, test } from './desk'

const frames = (page: Page) => page.getByRole('list', { name: 'Frames, live' }).getByRole('listitem')

// chosen opens the debugger and chooses a device by search.
async function chosen(page: Page): Promise<void> {
  const { device } = await speaking(page, 'gt06')
  await openRoom(page, '/debugger')
  const devices = page.getByRole('navigation', { name: 'Devices' })
  await expect(devices.getByRole('link').nth(1)).toBeVisible()
  await devices.getByRole('searchbox').fill(device!.identity)
  await expect(devices.getByRole('link')).toHaveCount(1)
  await devices.getByRole('link').click()
  await expect(page).toHaveURL(/device=\d+/)
}

test('a device’s frames are shown as they come and go', async ({ page }) => {
  await chosen(page)
  await expect(frames(page).filter({ hasText: 'from the tracker' }).first()).toContainText('latitude')
  await expect(frames(page).filter({ hasText: 'to the tracker' }).first()).toContainText('78 78')
  await inBoth(page, 'debugger')
  await page.getByRole('button', { name: 'Pause' }).click()
  const count = await frames(page).count()
  await expect(page.getByRole('button', { name: /^Go on \([1-9]/ })).toBeVisible()
  await expect(frames(page)).toHaveCount(count)
  await page.getByRole('button', { name: 'Clear' }).click()
  await expect(frames(page)).toHaveCount(0)
  await page.getByRole('button', { name: /^Go on/ }).click()
  await expect(frames(page).first()).toBeVisible()
})

test('the byte that an error names is marked, and frames are copied', async ({ page }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  const frame = {
    ...{
      time: '2026-06-01T12:00:00.123Z',
      direction: 'in',
      transport: 'tcp',
      hex: '78780d0103563070424410130001',
    },
    ...{ message: null, error: 'imei at byte 4: value out of range' },
  }
  const body = `retry: 600000\n\nevent: frame\ndata: ${JSON.stringify(frame)}\n\nevent: dropped\ndata: {"frames":3}\n\n`
  await page.route('**/api/devices/*/frames', (route) =>
    route.fulfill({ contentType: 'text/event-stream', body }),
  )
  await chosen(page)
  await expect(frames(page)).toHaveCount(2)
  await expect(frames(page).first().locator('mark').first()).toHaveText('03')
  await expect(frames(page).first()).toContainText('imei at byte 4: value out of range')
  await expect(frames(page).last()).toContainText('3 frames')
  expect(await barriers(page)).toEqual([])
  await picture(page, 'debugger-error')
  await page.getByRole('button', { name: 'Copy all' }).click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    '2026-06-01T12:00:00.123Z in tcp 78780d0103563070424410130001 # imei at byte 4: value out of range\n# 3 dropped',
  )
})

const piece = (id: number) => ({
  ...{ id, time: '2026-06-01T12:00:00.000Z', transport: 'tcp', address: '203.0.113.9:40112', port: 5000 },
  ...{ protocol: id % 2 ? 'gt06' : 'any', identity: id % 2 ? '356307042441013' : '' },
  ...{
    hex: '78780d010356307042441013000144010d0a'.repeat(id),
    error: `longitude at byte ${id * 7}: frame too short`,
  },
})

test('what was not understood is searched, tried again and deleted', async ({ page }) => {
  let kept = [1, 2, 3, 4].map(piece)
  const replayed: object[] = []
  await page.route(/\/api\/misreads/, (route) => {
    const request = route.request()
    if (request.method() === 'DELETE') {
      kept = kept.filter((m) => !request.url().endsWith(`/${m.id}`))
      return route.fulfill({ status: 204 })
    }
    if (request.method() === 'POST') {
      replayed.push(request.postDataJSON())
      return route.fulfill({ json: { asked: 1 } })
    }
    const search = new URL(request.url()).searchParams.get('search') ?? ''
    return route.fulfill({ json: { items: kept.filter((m) => m.protocol.includes(search)), next: null } })
  })
  await openRoom(page, '/debugger/misreads')
  const table = page.getByRole('grid', { name: 'Not understood' })
  await expect(table.getByRole('row')).toHaveCount(5)
  await page.getByRole('searchbox', { name: /^Search by protocol/ }).fill('gt06')
  await expect(table.getByRole('row')).toHaveCount(3)
  await table.getByRole('row', { name: /byte 21/ }).click()
  const bytes = page.getByRole('complementary', { name: 'Bytes' })
  await expect(bytes.locator('mark').first()).toHaveText('01')
  await inBoth(page, 'misreads')
  await bytes.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByText('1 piece is tried again')).toBeVisible()
  expect(replayed).toEqual([{ ids: [3] }])
  await bytes.getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await expect(table.getByRole('row')).toHaveCount(2)
  await page.getByRole('button', { name: 'Try all again' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Try all again' }).click()
  await expect.poll(() => replayed.length).toBe(2)
  expect(replayed[1]).toEqual({})
})

test('nothing misread is good news, from the server itself', async ({ page }) => {
  await openRoom(page, '/debugger/misreads')
  await expect(page.getByText('Everything was understood.')).toBeVisible()
})

test('the debugger on a phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await chosen(page)
  await expect(frames(page).first()).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await picture(page, 'debugger-phone')
  expect(await barriers(page)).toEqual([])
  await page.getByRole('link', { name: 'Other device' }).click()
  await expect(page.getByRole('searchbox', { name: 'Search devices' })).toBeVisible()
})

// openProfile opens the form of a GT06 tracker. It listens for less long than people would: some reports are enough.
async function openProfile(page: Page): Promise<void> {
  await page.route('**/api/devices/*/profile/test', (route) =>
    route.continue({ postData: { ...route.request().postDataJSON(), wait_s: 6 } }),
  )
  const { device } = await speaking(page, 'gt06')
  await openRoom(page, `/manage/devices?search=${device!.identity}`)
  await page.getByRole('row', { name: /gt06/ }).first().click()
  await expect(page.getByRole('group', { name: 'Profile' })).toBeVisible()
}

test('a profile is tried on what the device sends', async ({ page }) => {
  await openProfile(page)
  const profile = page.getByRole('group', { name: 'Profile' })
  await expect(profile.getByLabel(/^Protocol/)).toHaveValue('gt06')
  await expect(profile.getByLabel('relay')).toHaveValue('cuts_when_1')
  await profile.getByRole('button', { name: 'Try it' }).click()
  await expect(profile.getByText('Listening to the device')).toBeVisible()
  await expect(profile.getByText('It fits')).toBeVisible()
  await expect(profile.locator('details').first()).toContainText('latitude')
  await profile.getByText('It fits').scrollIntoViewIfNeeded()
  await inBoth(page, 'profile')
})

test('a clock that is wrong is noticed, and the better profile taken over and saved', async ({ page }) => {
  await openProfile(page)
  const profile = page.getByRole('group', { name: 'Profile' })
  await profile.getByLabel(/^Clock/).selectOption('set')
  const offset = profile.getByRole('textbox', { name: /^Offset/ })
  await offset.fill('+8')
  await profile.getByRole('button', { name: 'Try it' }).click()
  await expect(profile.getByText('It does not fit')).toBeVisible()
  await expect(profile.getByText('A profile that fits better')).toBeVisible()
  await picture(page, 'profile-better')
  await expect(profile.getByText('It does not fit')).toBeInViewport()
  await profile.getByRole('button', { name: 'Take it over' }).click()
  await expect(profile.getByText('Taken over. Save to keep it.')).toBeVisible()
  await profile.getByLabel('checksum').selectOption('strict')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.getByRole('row', { name: /gt06/ }).first().click()
  await expect(profile.getByLabel('checksum')).toHaveValue('strict')
  await profile.getByLabel('checksum').selectOption('flag')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('the profile on a phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await openProfile(page)
  await picture(page, 'profile-phone')
  expect(await barriers(page)).toEqual([])
})
