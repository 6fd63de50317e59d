import type { Locator, Page } from '@playwright/test'
import { openRoom } from './account'
import { agree, barriers, expect, picture, rows, settled, test } from './desk'
import { entry, listen, offer, play, type Stage, sms, type Tell, type Vehicle, vehicleOf } from './gsm'

const prompt = (page: Page): Locator => page.getByRole('combobox', { name: /^Command for / })
const line = (page: Page, id: string): Locator => page.locator(`.log [data-id="${id}"]`)
const place = { latitude: 0.0081, longitude: -0.0198, speed_kmh: 54, satellites: 14 }

// lines has one in every state.
const lines = (v: Vehicle) => [
  entry(v, 'c1', 90_000, { text: 'custom: getver', state: 'answered', line: 'data', answer: '03.27.07' }),
  entry(v, 'c2', 900, { text: 'custom: getgps', state: 'answered', parsed: place, answer: 'GPS:1 Sat:14' }),
  sms(v, 's3', 893, { text: 'GPS:1 Sat:14 Lat:0.0081 Long:-0.0198 Speed:54', command_id: 2 }),
  entry(v, 'c4', 700, { text: 'setparam 10050:30', state: 'delivered' }),
  entry(v, 'c5', 640, { text: 'setdigout 1', state: 'refused', reason: 'the tracker wants a password' }),
  entry(v, 'c6', 600, { text: 'cpureset', state: 'unknown', reason: 'the modem fell silent' }),
  entry(v, 'c7', 500, { text: 'getver', state: 'failed', reason: 'CMS 38: network out of order' }),
  entry(v, 'c8', 400, { text: 'getinfo', state: 'expired', line: 'login' }),
  entry(v, 'c9', 300, { text: 'getio', state: 'cancelled', line: null }),
  entry(v, 'c10', 200, { text: 'getstatus', state: 'waking', line: 'wake' }),
  entry(v, 'c11', 120, { text: 'getstatus', state: 'sent' }),
  entry(v, 'c12', 30, { text: 'web_connect', state: 'queued', reason: 'waits for the answer to command 11' }),
  entry(v, 'c13', 3, { text: 'readio 21', state: 'sending' }),
]

interface Opened {
  v: Vehicle
  stage: Stage
  tell: Tell
}

async function open(page: Page, given: (v: Vehicle) => Partial<Stage> = () => ({})): Promise<Opened> {
  const tell = await listen(page)
  await openRoom(page, '/docs')
  const v = await vehicleOf(page)
  const stage = await play(page, given(v))
  await page.goto(`/console?vehicle=${v.id}`)
  await expect(page.getByRole('heading', { name: v.name, exact: true })).toBeVisible()
  await expect(page.locator('.prompt .way')).not.toBeEmpty() // what the device understands has come
  return { v, stage, tell }
}

// taken is the server's answer to a command that it has taken.
const taken = (v: Vehicle, more: object) => ({
  ...{ id: 40, device_id: v.device, vehicle_id: v.id, batch_id: null, user: 'Administrator', kind: 'custom' },
  ...{ dangerous: false, wish: 'auto', line: 'sms', state: 'sending', reason: '', answer: null, data: null },
  ...{ parsed: null, created: new Date().toISOString(), expires: new Date(Date.now() + 9e7).toISOString() },
  ...more,
})

for (const scheme of ['light', 'dark'] as const) {
  test(`every state has its words and its sign, and nothing bars anyone, ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    await open(page, (v) => ({ entries: lines(v) }))
    const states = [
      'delivered',
      'refused',
      'not known',
      'failed',
      'expired',
      'cancelled',
      'waking it',
      'sent',
    ]
    for (const state of [...states, 'queued', 'sending', 'received']) {
      await expect(page.locator('.log .state').getByText(state, { exact: true }).first()).toBeVisible()
    }
    const signs = await page
      .locator('.log .state-sign path')
      .evaluateAll((all) => all.map((p) => p.getAttribute('d')))
    expect(new Set(signs).size).toBe(12)
    await expect(line(page, 'c1')).toContainText('03.27.07')
    await expect(line(page, 'c2')).not.toContainText('Sat:14') // its SMS says it
    await expect(line(page, 's3').getByRole('button')).toContainText('0.0081, -0.0198 · 54 km/h')
    await expect(page.getByText('north · signal 84 %')).toBeVisible()
    expect(await barriers(page)).toEqual([])
    await picture(page, `console-${scheme}`)
  })
}

test('a command is completed, sent, and followed until it is answered', async ({ page }) => {
  const { v, stage, tell } = await open(page)
  stage.onCommand = () => ({ json: taken(v, { words: 'custom: getgps' }) })
  await page.keyboard.press('/')
  await expect(prompt(page)).toBeFocused()
  await page.keyboard.type('getg')
  const list = page.getByRole('listbox', { name: 'What it understands' })
  await expect(list.getByRole('option')).toHaveCount(1)
  await expect(list).toContainText('where it is, with satellites and speed')
  await page.keyboard.press('Tab')
  await expect(prompt(page)).toHaveValue('getgps')
  await page.getByLabel('Line', { exact: true }).selectOption('sms')
  await page.getByLabel('Valid for').selectOption('600')
  await prompt(page).press('Enter')
  await expect(line(page, 'c40')).toContainText('getgps')
  await expect(line(page, 'c40')).toHaveAttribute('data-state', 'sending')
  await expect(prompt(page)).toHaveValue('')
  const told = stage.told.find((t) => t.path.endsWith('/commands'))
  expect(told?.body).toMatchObject({ kind: 'custom', text: 'getgps', line: 'sms', ttl_s: 600 })

  for (const state of ['sent', 'delivered', 'answered'] as const) {
    stage.entries = [
      entry(v, 'c40', 1, { text: 'custom: getgps', state, parsed: state === 'answered' ? place : null }),
    ]
    if (state === 'answered') stage.entries.push(sms(v, 's41', 0, { text: 'GPS:1 Sat:14', command_id: 40 }))
    tell({ kind: 'command', id: 40, vehicle_id: v.id })
    await expect(line(page, 'c40')).toHaveAttribute('data-state', state)
  }
  await line(page, 's41')
    .getByRole('button', { name: /Show on the map/ })
    .click()
  await settled(page)
  await page.waitForFunction(() => {
    const { lng, lat } = window.drover.map.getCenter()
    return Math.abs(lat - 0.0081) < 0.01 && Math.abs(lng + 0.0198) < 0.01
  })
  await expect(page.getByRole('heading', { name: v.name, exact: true })).toBeVisible()
})

test('placeholders are filled by Tab, and earlier lines come back by the arrows', async ({ page }) => {
  const { v, stage } = await open(page)
  stage.onCommand = (body) => ({ json: taken(v, { words: body.text, state: 'sent' }) })
  await prompt(page).fill('setp')
  await prompt(page).press('Tab')
  await expect(prompt(page)).toHaveValue('setparam {id}:{value}')
  await prompt(page).press('Enter')
  await expect(page.getByText('Fill this in first: value')).toBeVisible()
  await prompt(page).evaluate((field: HTMLInputElement) => field.setSelectionRange(9, 13))
  await prompt(page).press('Tab')
  await expect(prompt(page)).toHaveValue('setparam 10050:{value}')
  await page.keyboard.type('60')
  await expect(prompt(page)).toHaveValue('setparam 10050:60')
  await picture(page, 'console-typed')
  await prompt(page).press('Enter')
  await expect(prompt(page)).toHaveValue('')
  await prompt(page).fill('/reb')
  await prompt(page).press('ArrowUp')
  await expect(prompt(page)).toHaveValue('setparam 10050:60')
  await prompt(page).press('ArrowDown')
  await expect(prompt(page)).toHaveValue('/reb')
  await prompt(page).fill('/fly')
  await prompt(page).press('Enter')
  await expect(page.getByText('There is no such command: /fly')).toBeVisible()
})

test('why SMS cannot be had stands below the line', async ({ page }) => {
  await open(page, () => ({
    offer: offer({ sms_ready: false, reason: 'modem north is barred by its operator' }),
  }))
  await expect(page.getByText('no SMS: modem north is barred by its operator')).toBeVisible()
  await expect(
    page.getByLabel('Line', { exact: true }).locator('option', { hasText: 'SMS' }).first(),
  ).toBeDisabled()
})

test('what is dangerous is asked about, and too fast is too fast', async ({ page }) => {
  const { v, stage } = await open(page)
  const fast = {
    ...{ type: 'too-fast', title: 'Conflict', status: 409, detail: `${v.name} is too fast` },
    ...{ speed_kmh: 62, limit_kmh: 20 },
  }
  stage.onCommand = (body) =>
    body.override_speed ? { json: taken(v, { words: 'immobilise' }) } : { status: 409, json: fast }
  await prompt(page).fill('/immobilise')
  await prompt(page).press('Enter')
  const sure = page.getByRole('dialog', { name: `Send “/immobilise” to ${v.name}?` })
  await expect(sure).toContainText(new RegExp(`${v.name} (drives|stands)|speed of ${v.name}`))
  expect(await barriers(page)).toEqual([])
  await picture(page, 'console-sure')
  await sure.getByRole('button', { name: 'Cancel' }).click()
  expect(stage.told).toEqual([])

  await prompt(page).press('Enter')
  await agree(sure, v.name)
  const refused = page.getByRole('dialog', { name: `Not sent: ${v.name} drives too fast` })
  await expect(refused).toContainText('It drives 62 km/h. Commands like this are only sent below 20 km/h.')
  await expect(refused.getByRole('button', { name: 'Understood' })).toBeVisible()
  expect(await barriers(page)).toEqual([])
  await picture(page, 'console-too-fast')
  await refused.getByRole('button', { name: 'Send it all the same…' }).click()
  await expect(sure).toContainText('with your name')
  await sure.getByRole('textbox').fill(v.name)
  await sure.getByRole('button', { name: 'Send it' }).click()
  await expect(line(page, 'c40')).toBeVisible()
  const bodies = stage.told.map((t) => t.body)
  expect(bodies).toMatchObject([
    { kind: 'immobilise', confirmed: true },
    { kind: 'immobilise', confirmed: true, override_speed: true },
  ])
  expect(bodies[0]).not.toHaveProperty('override_speed')
})

test('the server may know better what is dangerous', async ({ page }) => {
  const { v, stage } = await open(page)
  const detail = `setdigout 11 may cut the engine of ${v.name}, which drives 4 km/h; it must be confirmed`
  stage.onCommand = (body) =>
    body.confirmed
      ? { json: taken(v, { words: 'custom: setdigout 11' }) }
      : { status: 409, json: { type: 'confirmation', status: 409, detail } }
  await prompt(page).fill('setdigout 11')
  await prompt(page).press('Enter')
  await agree(page.getByRole('dialog'), v.name)
  await expect(line(page, 'c40')).toContainText('setdigout 11')
})

test('older lines are read when people scroll to them', async ({ page }) => {
  const newer = (v: Vehicle) =>
    Array.from({ length: 60 }, (_, n) => entry(v, `c${100 + n}`, 600 - n, { text: `getver ${n}` }))
  await open(page, (v) => ({
    entries: newer(v),
    older: [entry(v, 'c1', 90_000, { text: 'the very first' })],
  }))
  await expect(page.getByText('getver 59')).toBeInViewport()
  await expect(page.getByText('the very first')).toHaveCount(0)
  await page.locator('.log').evaluate((log) => log.scrollTo(0, 0))
  await expect(page.getByText('the very first')).toBeAttached()
})

test('a group is sent to after a look at its ways and costs, and the rest can be called back', async ({
  page,
}) => {
  const tell = await listen(page)
  await openRoom(page, '/docs')
  const v = await vehicleOf(page)
  const stage = await play(page, { entries: lines(v) })
  const groups = await (await page.request.get('/api/groups')).json()
  const group = groups.items.sort((a: { id: number }, b: { id: number }) => a.id - b.id)[0]
  const plan = {
    ...{
      count: 34,
      data: 21,
      sms: 11,
      wake: 0,
      login: 2,
      messages: 11,
      cost: 0.77,
      currency: 'EUR',
      seconds: 42,
    },
    unreachable: [{ vehicle_id: v.id, name: v.name, reason: 'its device is disabled' }],
  }
  let counts: Record<string, number> = { answered: 12, sent: 9, queued: 13 }
  await page.route('**/api/commands/group', (route) => {
    const body = route.request().postDataJSON()
    stage.told.push({ method: 'POST', path: 'group', body })
    return route.fulfill({ json: body.dry_run ? plan : { batch_id: 5, commands: 34, unreachable: [] } })
  })
  await page.route('**/api/commands/batches/5', (route) => {
    if (route.request().method() === 'DELETE') {
      counts = { answered: 21, cancelled: 13 }
      return route.fulfill({ status: 204 })
    }
    return route.fulfill({ json: { id: 5, words: 'custom: getgps', created: '', cancelled: null, counts } })
  })
  await page.goto(`/console?group=${group.id}`)
  await prompt(page).fill('getgps')
  await prompt(page).press('Enter')
  const dialog = page.getByRole('dialog', { name: `“getgps” to ${group.path}` })
  await expect(dialog).toContainText('35 vehicles')
  await expect(dialog).toContainText('€0.77')
  await expect(dialog).toContainText(`${v.name} its device is disabled`)
  expect(await barriers(page)).toEqual([])
  await picture(page, 'console-plan')
  await dialog.getByRole('button', { name: 'Send to 34 vehicles' }).click()
  const batch = page.getByRole('status').filter({ hasText: '12 of 34 settled' })
  await expect(batch).toBeVisible()
  await picture(page, 'console-batch')
  counts = { answered: 20, sent: 1, queued: 13 }
  tell({ kind: 'command', id: 77, vehicle_id: v.id })
  await expect(page.getByText('20 of 34 settled')).toBeVisible()
  await page.getByRole('button', { name: 'Cancel the rest' }).click()
  await expect(page.getByText('34 of 34 settled')).toBeVisible()
  expect(stage.told.filter((t) => t.path === 'group').map((t) => t.body)).toMatchObject([
    { group_id: group.id, kind: 'custom', text: 'getgps', dry_run: true },
    { group_id: group.id, kind: 'custom', text: 'getgps' },
  ])
})

test('the console lies below the map of the selected vehicle', async ({ page }) => {
  const { v } = await open(page, (v) => ({ entries: lines(v) }))
  await page.goto(`/?vehicle=${v.id}`)
  await settled(page)
  await page.keyboard.press('c')
  await expect(prompt(page)).toBeFocused()
  await expect(page.getByRole('tab', { name: 'Console' })).toHaveAttribute('aria-selected', 'true')
  await expect(line(page, 'c13')).toBeVisible()
  expect(await barriers(page)).toEqual([])
  await picture(page, 'console-dock')
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('a vehicle is chosen, and its console fits', async ({ page }) => {
    const { v } = await open(page, (v) => ({ entries: lines(v) }))
    await expect(line(page, 'c13')).toBeInViewport()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    expect(await barriers(page)).toEqual([])
    await picture(page, 'console-phone')
    await page.getByRole('link', { name: 'Back', exact: true }).tap()
    await page.getByRole('searchbox').fill(v.name)
    await page.getByRole('link', { name: v.name }).first().tap()
    await expect(prompt(page)).toBeVisible()
    await expect(rows(page)).toHaveCount(0)
  })
})
