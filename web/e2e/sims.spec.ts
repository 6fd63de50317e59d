import type { Page } from '@playwright/test'
import { openRoom, rail } from './account'
import { barriers, expect, picture, test } from './desk'
import { ago, listen, play, sim, stranger } from './gsm'

const moved = () =>
  sim(12, {
    ...{ alarms: ['elsewhere'], vehicle: 'Courier 12', vehicle_id: 12, device_id: 12 },
    seen_in: [
      { device_id: 12, vehicle: 'Courier 12', first: ago(9e6), last: ago(90_000) },
      { device_id: 31, vehicle: 'Truck 31', first: ago(7000), last: ago(60) },
    ],
  })

const drawer = () => [
  sim(11, { vehicle: 'Van 11', device_id: 11 }),
  moved(),
  sim(13, { state: 'stock', note: 'in the drawer' }),
  sim(14, {
    ...{ alarms: ['budget_bytes', 'budget_messages'], vehicle: 'Van 9', device_id: 9 },
    month: { bytes_in: 49e6, bytes_out: 5e6, frames: 1, sms_in: 50, sms_out: 70 },
  }),
  sim(15, { state: 'suspended', vehicle: 'Bus 4', device_id: 4 }),
]

const table = (page: Page) => page.getByRole('grid', { name: 'SIMs' }).locator('tbody tr:not(.space)')
const panel = (page: Page) => page.getByRole('complementary', { name: /^SIM \d/ })

for (const scheme of ['light', 'dark'] as const) {
  test(`SIMs with alarms come first, and are settled, ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    const stage = await play(page, { sims: drawer(), messages: [stranger(1, '+33700000001', 'hello')] })
    await openRoom(page, '/sims')
    await expect(rail(page).getByRole('link', { name: /SIMs/ })).toContainText('3')
    await expect(table(page)).toHaveCount(5)
    await expect(table(page).nth(0)).toContainText('In another vehicle')
    await expect(table(page).nth(1)).toContainText('Data budget +1')
    await expect(table(page).nth(1)).toContainText('54 MB')
    await page.getByText('8933150319010000012').click()
    await expect(panel(page)).toContainText('It was seen in Truck 31, but belongs in: Courier 12.')
    await expect(panel(page).getByRole('img', { name: /^Data, 30 days: .* in all/ })).toBeVisible()
    await expect(panel(page)).toContainText('a day lasts the month')
    expect(await barriers(page)).toEqual([])
    await picture(page, `sims-${scheme}`)

    await panel(page).getByRole('button', { name: 'Keep the alarm' }).click()
    await expect(panel(page)).toContainText('The alarm stays until')
    await page.reload()
    await panel(page).getByRole('button', { name: 'Accept this SIM in Truck 31' }).click()
    await expect(page.getByText('8933150319010000012 belongs in Truck 31 now.')).toBeVisible()
    await expect(rail(page).getByRole('link', { name: /SIMs/ })).toContainText('2')
    expect(stage.told).toEqual([{ method: 'POST', path: '/api/sims/12/accept', body: { device_id: 31 } }])
  })
}

test('a tracker with another SIM than its own: the other is taken in and accepted', async ({ page }) => {
  const instead = { sim_id: null, iccid: '8933150319010000099', imsi: '208150000000099', first: ago(600) }
  const stage = await play(page, {
    sims: [sim(12, { alarms: ['swap'], vehicle: 'Courier 12', device_id: 12, instead })],
  })
  await openRoom(page, '/sims?sim=12')
  await expect(panel(page)).toContainText('The tracker of Courier 12 reports 8933150319010000099 instead.')
  await panel(page).getByRole('button', { name: 'Accept the other SIM in Courier 12' }).click()
  await expect(page.getByText('8933150319010000099 belongs in Courier 12 now.')).toBeVisible()
  expect(stage.told).toMatchObject([
    { path: '/api/sims', body: { iccid: '8933150319010000099', imsi: '208150000000099' } },
    {
      path: /\/api\/sims\/\d+\/accept/.test(stage.told[1]!.path) ? stage.told[1]!.path : '',
      body: { device_id: 12 },
    },
  ])
})

test('a SIM is added, changed, deleted and brought back', async ({ page }) => {
  const stage = await play(page, { sims: drawer() })
  await openRoom(page, '/sims')
  await page.getByRole('button', { name: 'Add a SIM' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('ICCID').fill('8933 1503 1901 0000 017')
  await dialog.getByLabel('Operator').fill('Orange')
  await dialog.getByLabel('Data a month').fill('much')
  await expect(dialog.getByText('A size such as 50 MB')).toBeVisible()
  await dialog.getByLabel('Data a month').fill('1.5 GB')
  await dialog.getByLabel('PIN').fill('1234')
  expect(await barriers(page)).toEqual([])
  await picture(page, 'sim-form')
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(table(page)).toHaveCount(6)
  expect(stage.told.pop()?.body).toEqual({
    ...{ iccid: '8933150319010000017', operator: 'Orange', budget_bytes: 1.5e9, pin: '1234' },
  })

  await page.getByText('8933150319010000013').click()
  await panel(page).getByRole('button', { name: 'Change' }).click()
  await expect(dialog.getByLabel('PIN')).toHaveValue('')
  await expect(dialog.getByLabel('ICCID')).not.toBeEditable()
  await dialog.getByLabel('Note').fill('in the van')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(panel(page)).toContainText('in the van')
  expect(stage.told.pop()?.body).toEqual({ note: 'in the van' })

  await panel(page).getByRole('button', { name: 'Delete' }).click()
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await expect(table(page)).toHaveCount(5)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(table(page)).toHaveCount(6)
})

test('SIMs are searched, filtered, and imported after a look', async ({ page }) => {
  await play(page, { sims: drawer() })
  await openRoom(page, '/sims')
  await page.getByRole('searchbox').fill('drawer')
  await expect(table(page)).toHaveCount(1)
  await page.getByRole('searchbox').fill('')
  await page.getByLabel('State', { exact: true }).selectOption('suspended')
  await expect(table(page)).toHaveCount(1)
  await expect(table(page)).toContainText('Bus 4')
  await expect(page.getByRole('link', { name: 'Export' })).toHaveAttribute('href', '/api/sims/export')
  await page.getByRole('link', { name: 'Import' }).click()
  const buffer = Buffer.from('iccid,plan\n8933150319010000011,M2M\n12,M2M\n')
  await page.locator('input[type=file]').setInputFiles({ name: 'sims.csv', mimeType: 'text/csv', buffer })
  await expect(page.getByText('iccid: 12 is no ICCID')).toBeVisible()
  expect(await barriers(page)).toEqual([])
  await page.getByRole('button', { name: 'Import 3 SIMs' }).click()
  await expect(page.getByText('2 added, 1 changed.')).toBeVisible()
})

test('an unknown sender becomes the tracker of a vehicle', async ({ page }) => {
  const tell = await listen(page)
  const stage = await play(page, {
    messages: [
      stranger(1, '+33700000001', 'GPS:1 Sat:9'),
      stranger(2, 'Free', 'Votre solde est de 12,40 EUR.'),
    ],
  })
  const device = { id: 4, identity: '356307042441013', vehicle_name: 'Van 4', phone: '', revision: 3 }
  await page.route(/\/api\/devices\?/, (route) => route.fulfill({ json: { items: [device], next: null } }))
  await page.route('**/api/devices/4', (route) => {
    stage.told.push({
      method: 'PATCH',
      path: route.request().headers()['if-match']!,
      body: route.request().postDataJSON(),
    })
    return route.fulfill({ json: device })
  })
  await openRoom(page, '/sims/inbox')
  const inbox = page.getByRole('region', { name: 'Unknown senders' }).last()
  await expect(inbox.getByRole('listitem')).toHaveCount(2)
  expect(await barriers(page)).toEqual([])
  await picture(page, 'inbox')
  await inbox.getByRole('button', { name: 'This is the tracker of…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Whose tracker is +33700000001?' })
  await dialog.getByRole('searchbox').fill('van')
  await dialog.getByLabel('Van 4').check()
  expect(await barriers(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Set its number' }).click()
  await expect(page.getByText('+33700000001 is the number of Van 4 now.')).toBeVisible()
  await expect(inbox.getByRole('listitem')).toHaveCount(1)
  expect(stage.told).toEqual([
    { method: 'PATCH', path: '"3"', body: { phone: '+33700000001' } },
    { method: 'POST', path: '/api/messages/1/seen', body: null },
  ])
  stage.messages.push(stranger(3, '5555', 'Welcome'))
  tell({ kind: 'sms', id: 3, vehicle_id: 0 })
  await expect(inbox.getByRole('listitem')).toHaveCount(2)
  await inbox.getByRole('button', { name: 'Mark as seen' }).first().click()
  await expect(inbox.getByRole('listitem')).toHaveCount(1)
})

test('SIM alarms stand among a vehicle’s events, in words', async ({ page }) => {
  await page.route('**/api/vehicles/*/events*', (route) =>
    route.fulfill({
      json: {
        items: [
          {
            id: 2,
            time: ago(60),
            kind: 'sim_swap',
            text: 'The tracker reports SIM 8933…99, it should have 8933…12',
          },
          { id: 1, time: ago(600), kind: 'sim_budget', text: '' },
        ],
        next: null,
      },
    }),
  )
  await play(page)
  await openRoom(page, '/')
  await page.getByRole('listbox', { name: 'Vehicles' }).getByRole('option').first().click()
  const events = page.getByRole('complementary', { name: 'Selected vehicle' }).locator('.events')
  await expect(events).toContainText('it should have 8933…12')
  await expect(events).toContainText('SIM budget')
})

test('SIMs on a phone: one closely is a sheet', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await play(page, { sims: drawer() })
  await openRoom(page, '/sims')
  await page.getByText('8933150319010000014').click()
  await expect(panel(page)).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  expect(await barriers(page)).toEqual([])
  await picture(page, 'sim-phone')
  await panel(page).getByRole('button', { name: 'Close' }).click()
  await expect(panel(page)).toHaveCount(0)
})
