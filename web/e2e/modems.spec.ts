import type { Page } from '@playwright/test'
import { openRoom } from './account'
import { barriers, expect, picture, test } from './desk'
import { ago, listen, modem, play } from './gsm'

const bank = () => [
  modem('north'),
  modem('south', {
    phase: 'registering',
    registration: 'searching',
    operator: '',
    signal_dbm: -104,
    limits: { minute: 0, hour: 0, day: 0, month: 0, recipients: 0 },
  }),
  modem('harbour', {
    ...{ phase: 'barred', reason: 'the operator refuses SMS (CMS 10)', since: ago(3000) },
    counters: { minute: 0, hour: 58, day: 100, month: 980, recipients: 300 },
  }),
  modem('spare', { phase: 'puk', reason: 'the SIM asks for its PUK', iccid: '', signal_dbm: null }),
  modem('old', { phase: 'absent', reason: 'no such device', since: null, signal_dbm: null, balance: null }),
]

const card = (page: Page, name: string) =>
  page.getByRole('listitem').filter({ has: page.getByRole('link', { name }) })

for (const scheme of ['light', 'dark'] as const) {
  test(`modems and their SIMs are seen at a glance, ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    await play(page, { modems: bank() })
    await openRoom(page, '/modems')
    await expect(card(page, 'north')).toContainText('Ready')
    await expect(card(page, 'north')).toContainText('-71 dBm')
    await expect(card(page, 'north')).toContainText('96 of 100')
    await expect(card(page, 'south')).toContainText('Looking for a network')
    await expect(card(page, 'harbour')).toContainText('the operator refuses SMS')
    await expect(card(page, 'spare')).toContainText('SIM is locked (PUK)')
    await expect(
      card(page, 'north').getByRole('img', { name: /^Signal over 24 hours: -\d+ to -\d+ dBm/ }),
    ).toBeVisible()
    const shapes = await page
      .locator('.modem header .phase-sign')
      .evaluateAll((all) => all.map((s) => s.innerHTML))
    expect(new Set(shapes).size).toBe(5)
    expect(await barriers(page)).toEqual([])
    await picture(page, `modems-${scheme}`)
  })
}

test('a modem closely: its past, its network’s answer, a pause and a reset', async ({ page }) => {
  const tell = await listen(page)
  const stage = await play(page, { modems: bank() })
  await openRoom(page, '/modems/north')
  await expect(page.getByRole('heading', { name: 'north', exact: true })).toBeVisible()
  await expect(page.locator('.signal-chart canvas')).toBeVisible()
  await expect(page.locator('.phases li')).toHaveCount(3)
  await expect(page.locator('.phases')).toContainText('no answer to AT+CSQ')
  await page.getByLabel('Ask the network (USSD)').fill('*100#')
  await page.getByRole('button', { name: 'Ask', exact: true }).click()
  await expect(page.getByText('Solde: 12,40 EUR')).toBeVisible()
  expect(await barriers(page)).toEqual([])
  await picture(page, 'modem')

  await page.getByRole('button', { name: 'Pause' }).click()
  await expect(page.getByText('north is paused.')).toBeVisible()
  stage.modems = [modem('north', { phase: 'paused', paused: true })]
  tell({ kind: 'modem', id: 'north' })
  await expect(page.getByRole('button', { name: 'Go on' })).toBeVisible()
  await page.getByRole('button', { name: 'Reset' }).click()
  await page.getByRole('dialog', { name: 'Reset north?' }).getByRole('button', { name: 'Reset' }).click()
  await expect(page.getByText('north is being reset.')).toBeVisible()
  expect(stage.told.map((t) => t.path)).toEqual([
    '/api/modems/north/ussd',
    '/api/modems/north/pause',
    '/api/modems/north/reset',
  ])
})

test('without a modem the room says how to get one', async ({ page }) => {
  await play(page, { modems: [] })
  await openRoom(page, '/modems')
  await expect(page.getByRole('heading', { name: 'No modem is attached yet' })).toBeVisible()
  await expect(page.getByLabel('Start the server with it', { exact: true })).toHaveValue(
    /--modem north=serial:\/dev\/serial\/by-id\//,
  )
  await expect(page.getByLabel('Or try it with a simulated one')).toHaveValue(/simulators modems/)
  expect(await barriers(page)).toEqual([])
  await picture(page, 'modems-none')
})

test('modems on a phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await play(page, { modems: bank() })
  await openRoom(page, '/modems')
  await expect(card(page, 'old')).toBeVisible()
  await page.getByRole('link', { name: 'harbour' }).click()
  await expect(page.locator('.signal-chart canvas')).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  expect(await barriers(page)).toEqual([])
  await picture(page, 'modem-phone')
})
