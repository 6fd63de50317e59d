import { openRoom } from './account'
import { barriers, expect, inBoth, picture, test } from './desk'

test('nothing bars anyone from the managing rooms', async ({ page }) => {
  for (const tab of ['vehicles', 'devices', 'groups', 'drivers', 'users', 'organizations', 'import']) {
    await page.goto(`/manage/${tab}`)
    await expect(page.getByRole('navigation', { name: 'Manage' })).toBeVisible()
    await expect(page.getByRole('status').filter({ hasText: 'Loading' })).toHaveCount(0)
    await inBoth(page, `manage-${tab}`)
  }
  for (const room of ['audit', 'server']) {
    await page.goto(`/${room}`)
    await expect(page.getByRole('table').first()).toBeVisible()
    await inBoth(page, room)
  }
})

test('a group, a vehicle in it and its driver are made, changed, deleted and brought back', async ({
  page,
}) => {
  await openRoom(page, '/manage/groups')
  await page.getByRole('button', { name: 'Add a group' }).first().click()
  await page.getByLabel('Name').fill('Test depot')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(page.getByRole('row', { name: /Test depot/ })).toBeVisible()

  await page.goto('/manage/vehicles')
  await page.getByRole('button', { name: 'Add a vehicle' }).first().click()
  await page.getByLabel('Name').fill('Zebra 1')
  await page.getByLabel('Plate').fill('ZE 1')
  await page.getByLabel('Group').selectOption({ label: 'Test depot' })
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.getByRole('searchbox', { name: 'Search' }).last().fill('Zebra')
  const row = page.getByRole('row', { name: /Zebra 1/ })
  await expect(row).toContainText('Test depot')

  await row.click()
  await page.getByLabel('Plate').fill('ZE 2')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(row).toContainText('ZE 2')

  await page.goto('/manage/drivers')
  await page.getByRole('button', { name: 'Add a driver' }).first().click()
  await page.getByLabel('Name').fill('Ada Moreau')
  await page.getByRole('combobox', { name: /^Vehicle/ }).selectOption({ label: 'Zebra 1 · ZE 2' })
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  const driver = page.getByRole('row', { name: /Ada Moreau/ })
  await expect(driver).toContainText('Zebra 1')

  await driver.click()
  await page.getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await expect(driver).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(driver).toContainText('Zebra 1')

  await page.goto('/audit?search=Ada')
  await expect(page.getByRole('table')).toContainText('Driver Ada Moreau brought back')
})

test('a new user’s password is shown once', async ({ page }) => {
  await openRoom(page, '/manage/users')
  await page.getByRole('button', { name: 'Add a user' }).first().click()
  await page.getByLabel('E-mail').fill(`viewer-${Date.now()}@example.org`)
  await page.getByLabel('Role').selectOption('viewer')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(page.getByRole('dialog', { name: 'Password' }).locator('code')).toHaveText(/^\w+(-\w+){3,}$/)
})

test('an import is shown before it is done, with each bad row', async ({ page }) => {
  await openRoom(page, '/manage/import')
  const csv = 'identity,name,group\n356307042449999,Import 1,Test depot/Yard\n,Nameless,\n'
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'fleet.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
  await expect(page.getByText('1 to add, 0 to change')).toBeVisible()
  await expect(page.locator('.bad-rows')).toContainText('3')
  await picture(page, 'import-preview')
  await page.getByRole('button', { name: 'Import 1 devices' }).click()
  await expect(page.getByText('1 added, 0 changed.')).toBeVisible()
})

test('the managing rooms on a phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  for (const room of ['manage', 'manage/import', 'audit', 'server']) {
    await page.goto(`/${room}`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await picture(page, `${room.replace('/', '-')}-phone`)
    expect(await barriers(page), room).toEqual([])
  }
})
