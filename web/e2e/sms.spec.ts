// SMS end to end: a real server, simulated modems on a simulated network, and trackers that obey SMS.
import { connect } from 'node:net'
import type { APIRequestContext, Page } from '@playwright/test'
import { openRoom } from './account'
import { agree, expect, picture, settled, test } from './desk'

interface Vehicle {
  id: number
  name: string
  device: { id: number; protocol: string; phone: string; identity: string; revision?: number }
  last: { time: string; speed_kmh?: number } | null
}

const prompt = (page: Page) => page.getByRole('combobox', { name: /^Command for / })

// fleet gives the vehicles, of one family if it is named, the one with the lowest id first.
async function fleet(request: APIRequestContext, protocol = ''): Promise<Vehicle[]> {
  const { items } = await (await request.get('/api/vehicles?limit=1000')).json()
  return items
    .filter((v: Vehicle) => v.device && (!protocol || v.device.protocol === protocol))
    .sort((a: Vehicle, b: Vehicle) => a.id - b.id)
}

// speeding gives the vehicle with the lowest id that drives fast and whose engine can be cut.
async function speeding(request: APIRequestContext): Promise<Vehicle | undefined> {
  for (const v of await fleet(request)) {
    if ((v.last?.speed_kmh ?? 0) <= 40) continue
    const { data } = await (await request.get(`/api/devices/${v.device.id}/commands`)).json()
    if (data.includes('immobilise')) return v
  }
  return undefined
}

async function openConsole(page: Page, v: Vehicle): Promise<void> {
  await page.goto(`/console?vehicle=${v.id}`)
  await expect(page.locator('.prompt .way')).not.toBeEmpty()
}

interface Sent {
  id: number
  state: string
  sent: string | null
  delivered: string | null
  parsed: { latitude?: number; longitude?: number } | null
}

test('getgps by SMS: sent, delivered, answered, and the fix on the map', async ({ page }) => {
  await openRoom(page, '/docs')
  const [v] = await fleet(page.request, 'teltonika')
  await openConsole(page, v!)
  await page.getByLabel('Line', { exact: true }).selectOption('sms')
  await prompt(page).fill('getgps')
  await prompt(page).press('Enter')
  const line = page.locator('.log [data-id^="c"]').filter({ hasText: 'getgps' }).last()
  await expect(line).toHaveAttribute('data-state', /sending|sent|delivered|answered/)
  await expect(line).toHaveAttribute('data-state', 'answered', { timeout: 90_000 })
  const { items } = await (await page.request.get(`/api/commands?vehicle_id=${v!.id}&limit=1`)).json()
  const command: Sent = items[0]
  expect(command).toMatchObject({ state: 'answered', line: 'sms' })
  expect(Date.parse(command.delivered!)).toBeGreaterThanOrEqual(Date.parse(command.sent!) - 1000)
  const { latitude, longitude } = command.parsed!
  await picture(page, 'sms-answered')

  await page
    .locator('.log [data-direction="in"]')
    .last()
    .getByRole('button', { name: /Show on the map/ })
    .click()
  await settled(page)
  await page.waitForFunction(
    ({ latitude, longitude }) => {
      const { lng, lat } = window.drover.map.getCenter()
      return Math.abs(lat - latitude!) < 0.01 && Math.abs(lng - longitude!) < 0.01
    },
    { latitude, longitude },
  )
  // It is a fix of the vehicle as any other.
  const from = new Date(Date.parse(command.sent!) - 60_000).toISOString()
  const to = new Date(Date.now() + 60_000).toISOString()
  await expect
    .poll(async () => {
      const url = `/api/vehicles/${v!.id}/fixes?from=${from}&to=${to}&limit=4000`
      const { fixes } = await (await page.request.get(url)).json()
      return fixes.filter(
        (f: { latitude: number; longitude: number }) =>
          Math.abs(f.latitude - latitude!) < 1e-4 && Math.abs(f.longitude - longitude!) < 1e-4,
      ).length
    })
    .toBeGreaterThan(0)
})

test('nobody cuts the engine of a moving vehicle by accident', async ({ page }) => {
  await openRoom(page, '/docs')
  let fast: Vehicle | undefined
  await expect
    .poll(async () => {
      fast = await speeding(page.request)
      return fast?.name
    })
    .toBeTruthy()
  await openConsole(page, fast!)
  await prompt(page).fill('/immobilise')
  await prompt(page).press('Enter')
  const sure = page.getByRole('dialog', { name: `Send “/immobilise” to ${fast!.name}?` })
  await expect(sure).toContainText(/km\/h/)
  await expect(sure.getByRole('button', { name: 'Send it' })).toBeDisabled()
  await agree(sure, fast!.name)
  await expect(page.getByRole('dialog', { name: `Not sent: ${fast!.name} drives too fast` })).toBeVisible()
  await picture(page, 'sms-too-fast')
  const { items } = await (await page.request.get(`/api/commands?vehicle_id=${fast!.id}`)).json()
  expect(items.filter((c: { kind: string }) => c.kind === 'immobilise')).toEqual([])
})

// Families whose trackers cut the engine at once; others wait until the vehicle is slow.
const prompter = ['eelink', 'gt06', 'h02', 'meitrack', 'startek', 'suntech', 'teltonika', 'totem']

// fastest gives the vehicle that drives fastest of those that obey at once: it is the farthest from stopping by itself.
async function fastest(request: APIRequestContext): Promise<Vehicle | undefined> {
  const speed = (v: Vehicle) => v.last?.speed_kmh ?? 0
  const all = (await fleet(request)).filter((v) => prompter.includes(v.device.protocol) && speed(v) > 40)
  return all.sort((a, b) => speed(b) - speed(a))[0]
}

test('an engine that is cut by SMS, as somebody answers for it, stops the vehicle until it is released', async ({
  page,
}) => {
  test.setTimeout(240_000)
  await openRoom(page, '/docs')
  let fast: Vehicle | undefined
  await expect
    .poll(async () => {
      fast = await fastest(page.request)
      return fast?.name
    })
    .toBeTruthy()
  const v = fast!
  const now = async (): Promise<Vehicle> => (await page.request.get(`/api/vehicles/${v.id}`)).json()
  const speed = async () => (await now()).last!.speed_kmh

  await openConsole(page, v)
  await page.getByLabel('Line', { exact: true }).selectOption('sms')
  await prompt(page).fill('/immobilise')
  await prompt(page).press('Enter')
  const sure = page.getByRole('dialog', { name: `Send “/immobilise” to ${v.name}?` })
  const cut = page.locator('.log [data-id^="c"]').filter({ hasText: 'immobilise' }).last()
  const tooFast = page.getByRole('dialog', { name: `Not sent: ${v.name} drives too fast` })
  await agree(sure, v.name)
  await expect(cut.or(tooFast)).toBeVisible()
  if (await tooFast.isVisible()) {
    await tooFast.getByRole('button', { name: 'Send it all the same…' }).click()
    await agree(sure, v.name)
  }
  try {
    await expect(cut).toHaveAttribute('data-state', 'answered', { timeout: 90_000 })
    await expect.poll(speed, { timeout: 60_000 }).toBe(0)
    await page.goto(`/?vehicle=${v.id}`)
    const detail = page.getByRole('complementary', { name: 'Selected vehicle' })
    await expect(detail.locator('.values')).toContainText(/Speed\s*0 km\/h/)
    const stood = Date.parse((await now()).last!.time)
    await expect.poll(async () => Date.parse((await now()).last!.time) - stood).toBeGreaterThan(10_000)
    expect(await speed()).toBe(0)
    await picture(page, 'sms-cut')
  } finally {
    const data = { kind: 'release', line: 'sms', confirmed: true }
    expect((await page.request.post(`/api/devices/${v.device.id}/commands`, { data })).ok()).toBe(true)
  }
  await expect.poll(speed, { timeout: 90_000 }).toBeGreaterThan(0)
})

test('a SIM that is swapped raises an alarm, and is accepted', async ({ page }) => {
  await openRoom(page, '/docs')
  const digits = String(Date.now()).slice(-12)
  const [own, other] = [`89882991${digits}`, `89882992${digits}`]
  const v = await tracker(page, `86${digits}1`.slice(0, 15))
  const made = await page.request.post('/api/sims', { data: { iccid: own, device_id: v.device } })
  expect(made.status()).toBe(201)
  const { id } = await made.json()
  await reportSim(v.imei, other)
  await page.goto(`/sims?sim=${id}&search=${own.slice(0, 18)}`)
  const panel = page.getByRole('complementary', { name: /^SIM \d/ })
  await expect(panel).toContainText('Swapped')
  await expect(
    page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: /SIMs/ }),
  ).toContainText(/\d/)
  await picture(page, 'sms-swap')
  await expect
    .poll(async () => {
      const { items } = await (await page.request.get(`/api/vehicles/${v.vehicle}/events?limit=20`)).json()
      return items.map((e: { kind: string }) => e.kind)
    })
    .toContain('sim_swap')
  await panel.getByRole('button', { name: /^Accept the other SIM/ }).click()
  await expect(page.getByText(/ belongs in .* now\./)).toBeVisible()
  const settledSim = await (await page.request.get(`/api/sims/${id}`)).json()
  expect(settledSim.alarms).not.toContain('swap')
})

// tracker adds a GT06 device of the test's own.
async function tracker(page: Page, imei: string): Promise<{ imei: string; device: number; vehicle: number }> {
  const data = { identity: imei, name: `Swapped ${imei.slice(-6)}`, protocol: 'gt06' }
  const answer = await page.request.post('/api/devices', { data })
  expect(answer.status()).toBe(201)
  const device = await answer.json()
  return { imei, device: device.id, vehicle: device.vehicle_id }
}

// reportSim logs a GT06 tracker in and lets it tell its ICCID, as a message of type 94 with ten bytes does.
async function reportSim(imei: string, iccid: string): Promise<void> {
  const socket = connect(Number(process.env.DROVER_TRACKER_PORT), '127.0.0.1')
  const heard = socket[Symbol.asyncIterator]()
  socket.write(gt06(0x01, Buffer.from(imei.padStart(16, '0'), 'hex'), 1))
  await heard.next()
  socket.write(gt06(0x94, Buffer.from(iccid, 'hex'), 2))
  socket.write(gt06(0x13, Buffer.from([0x40, 4, 4, 0, 2]), 3)) // a heartbeat, which is answered once all before is read
  await heard.next()
  socket.end()
}

function gt06(type: number, body: Buffer, serial: number): Buffer {
  const inside = Buffer.concat([Buffer.from([body.length + 5, type]), body, Buffer.from([0, serial])])
  const sum = crcX25(inside)
  return Buffer.concat([Buffer.from([0x78, 0x78]), inside, Buffer.from([sum >> 8, sum & 255, 0x0d, 0x0a])])
}

function crcX25(data: Buffer): number {
  let crc = 0xffff
  for (const byte of data) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0x8408 : crc >> 1
  }
  return ~crc & 0xffff
}
