// The server's answers about commands, modems, SIMs and SMS, played so that each state can be looked at; what the page
// tells is kept. Times are told from the moment of the test.
import type { Page, Route, WebSocketRoute } from '@playwright/test'
import type { Entry, Offer, Template } from '../src/api/console'
import type { Modem, Point } from '../src/api/modems'
import type { Message, SIM } from '../src/api/sims'

export interface Vehicle {
  id: number
  name: string
  device: number
}

// vehicleOf gives the vehicle with the lowest id that fits, so that a test always takes the same one.
export async function vehicleOf(
  page: Page,
  fits: (v: { speed: number }) => boolean = () => true,
): Promise<Vehicle> {
  const answer = await page.request.get('/api/vehicles?limit=1000')
  const { items } = await answer.json()
  const found = items
    .filter(
      (v: { device: unknown; last: { speed_kmh?: number } | null }) =>
        v.device && fits({ speed: v.last?.speed_kmh ?? 0 }),
    )
    .sort((a: { id: number }, b: { id: number }) => a.id - b.id)[0]
  return { id: found.id, name: found.name, device: found.device.id }
}

export const ago = (seconds: number): string => new Date(Date.now() - seconds * 1000).toISOString()

export const entry = (v: Vehicle, id: string, seconds: number, more: Partial<Entry>): Entry => ({
  ...{ id, time: ago(seconds), vehicle_id: v.id, vehicle: v.name, direction: 'out', kind: 'command' },
  ...{ text: '', line: 'sms', state: 'sent', reason: '', answer: null, parsed: null, by: 'Administrator' },
  ...{ modem: 'north', command_id: null },
  ...more,
})

export const sms = (v: Vehicle, id: string, seconds: number, more: Partial<Entry>): Entry =>
  entry(v, id, seconds, { kind: 'sms', direction: 'in', state: 'received', by: null, ...more })

export const offer = (more: Partial<Offer> = {}): Offer => ({
  ...{
    data: ['custom', 'locate', 'output', 'reboot'],
    sms: ['custom', 'locate', 'immobilise', 'release', 'reboot'],
  },
  ...{ online: false, phone: '+8829900000001', sms_ready: true, reason: '', cut_speed_kmh: 20 },
  templates: [
    template('Position', 'getgps', 'where it is, with satellites and speed'),
    template('Status', 'getstatus', 'modem, link and operator'),
    template('Parameter', 'setparam {id}:{value}', 'changes one parameter', [
      { name: 'id', help: 'its number', default: '10050' },
      { name: 'value', help: 'its new value', default: '' },
    ]),
    { ...template('Cut the engine', 'setdigout 1', 'switches the relay'), dangerous: true },
  ],
  ...more,
})

const template = (
  name: string,
  words: string,
  help: string,
  placeholders: Template['placeholders'] = [],
): Template => ({
  ...{ name, words, kind: null, help, dangerous: false, placeholders },
})

export const modem = (name: string, more: Partial<Modem> = {}): Modem => ({
  ...{
    name,
    url: `serial:/dev/serial/by-id/usb-Quectel_EC25-${name}`,
    phase: 'ready',
    reason: '',
    since: ago(7300),
  },
  ...{ manufacturer: 'Quectel', model: 'EC25', firmware: 'EC25EFAR06A08M4G', imei: '861107030000017' },
  ...{ iccid: '8933150319010000017', imsi: '208150000000001', msisdn: '+33612345678', smsc: '+33695000695' },
  ...{
    pin_state: 'READY',
    pin_retries: 3,
    registration: 'home',
    operator: 'Free',
    plmn: '20815',
    access: 'lte',
    lac: '1F3',
    cid: 'A02C',
  },
  ...{ prefixes: [], history_from: ago(90 * 86_400) },
  ...{ signal_dbm: -71, signal_percent: 84, temperature: 38, storage_used: 2, storage_size: 255 },
  ...{
    balance: 12.4,
    balance_low: false,
    balance_text: 'Solde: 12,40 EUR',
    currency: 'EUR',
    balance_at: ago(40_000),
  },
  ...{
    sent: 212,
    failed: 1,
    unknown: 0,
    received: 187,
    restarts: 1,
    last_error: '',
    queue: 1,
    paused: false,
  },
  counters: { minute: 2, hour: 18, day: 96, month: 212, recipients: 41 },
  limits: { minute: 0, hour: 60, day: 100, month: 1000, recipients: 0 },
  ...more,
})

// signals is a day of a modem's history: a measurement every 10 minutes, with a gap while it hung.
export function signals(seed: number): Point[] {
  return Array.from({ length: 144 }, (_, n) => {
    const hung = n > 96 && n < 102
    return {
      ...{
        time: ago((144 - n) * 600),
        phase: hung ? 'hung' : 'ready',
        reason: hung ? 'no answer to AT+CSQ' : '',
      },
      ...{ temperature_c: 38, balance: null },
      signal_dbm: hung ? null : Math.round(-76 + 9 * Math.sin(n / 11 + seed) + 4 * Math.sin(n * 1.7)),
    } as Point
  })
}

export const sim = (id: number, more: Partial<SIM> = {}): SIM =>
  ({
    ...{
      id,
      iccid: `89331503190100000${String(id).padStart(2, '0')}`,
      imsi: `2081500000000${id}`,
      apn: 'm2m',
    },
    ...{
      msisdn: `+336123456${String(id).padStart(2, '0')}`,
      operator: 'Free',
      plan: 'M2M 50 MB',
      state: 'active',
    },
    ...{
      has_pin: false,
      instead: null,
      device_id: null,
      vehicle_id: null,
      vehicle: null,
      modem: null,
      note: '',
      revision: 1,
    },
    ...{ budget_bytes: 50e6, budget_messages: 100, alarms: [], seen_in: [] },
    month: {
      bytes_in: id * 900_000,
      bytes_out: id * 130_000,
      frames: id * 9000,
      sms_in: id,
      sms_out: id * 2,
    },
    ...more,
  }) as SIM

export const usage = (id: number) =>
  Array.from({ length: 30 }, (_, n) => ({
    day: ago((29 - n) * 86_400).slice(0, 10),
    ...{
      bytes_in: n % 7 > 4 ? 120_000 : 900_000 + ((n * 7919 * id) % 700_000),
      bytes_out: 130_000,
      frames: 4000,
    },
    ...{ sms_in: n % 4, sms_out: (n * id) % 5 },
  }))

export const stranger = (id: number, peer: string, text: string): Message => ({
  ...{ id, direction: 'in', peer, text, state: 'quarantined', reason: '', modem: 'north' },
  ...{ created: ago(id * 3000), sent: ago(id * 3000 + 4), data: null, parts: 1, iccid: '', vehicle_id: null },
  ...{ device_id: null, command_id: null, done: null, expires: null, seen: null },
})

export interface Stage {
  entries: Entry[]
  older: Entry[]
  offer: Offer
  modems: Modem[]
  sims: SIM[]
  messages: Message[]
  told: { method: string; path: string; body: unknown }[]
  onCommand: ((body: Record<string, unknown>) => { status?: number; json: object }) | null
}

// play answers the routes of commands, modems, SIMs and SMS from a stage that the test may change as it goes.
export async function play(page: Page, given: Partial<Stage> = {}): Promise<Stage> {
  const stage: Stage = {
    ...{ entries: [], older: [], offer: offer(), modems: [modem('north')], sims: [], messages: [], told: [] },
    onCommand: null,
    ...given,
  }
  const route = (path: string, answer: (route: Route, url: URL) => object | null | undefined) =>
    page.route(
      (url) => new RegExp(`^/api/${path}$`).test(url.pathname),
      (r) => {
        const request = r.request()
        const url = new URL(request.url())
        if (request.method() !== 'GET') {
          const body = request.headers()['content-type']?.includes('json')
            ? request.postDataJSON()
            : request.postData()
          stage.told.push({ method: request.method(), path: url.pathname, body })
        }
        const json = answer(r, url)
        if (json === undefined) return
        return json === null ? r.fulfill({ status: 204 }) : r.fulfill({ json })
      },
    )
  await route('console', (_, url) =>
    url.searchParams.has('before')
      ? { entries: stage.older, next: null }
      : { entries: stage.entries, next: stage.older.length > 0 ? 'older' : null },
  )
  await route('devices/\\d+/commands', (r) => {
    if (r.request().method() === 'GET') return stage.offer
    const answer = stage.onCommand!(r.request().postDataJSON())
    r.fulfill({ ...answer, ...(answer.status && { contentType: 'application/problem+json' }) })
    return undefined
  })
  await route('commands/\\d+', () => null)
  await modemRoutes(route, stage)
  await simRoutes(route, stage)
  return stage
}

type Routing = (
  path: string,
  answer: (route: Route, url: URL) => object | null | undefined,
) => Promise<unknown>

async function modemRoutes(route: Routing, stage: Stage): Promise<void> {
  await route('modems', () => ({ modems: stage.modems }))
  await route('modems/[^/]+/history', (_, url) => ({ points: signals(url.pathname.length) }))
  await route('modems/[^/]+/ussd', () => ({ text: 'Solde: 12,40 EUR\nvalable jusqu’au 31/12' }))
  await route('modems/[^/]+/(reset|pause)', () => null)
}

async function simRoutes(route: Routing, stage: Stage): Promise<void> {
  await route('sims', (r, url) => {
    if (r.request().method() === 'POST') {
      const made = sim(90 + stage.sims.length, r.request().postDataJSON())
      stage.sims.push(made)
      return made
    }
    const search = url.searchParams.get('search') ?? ''
    const items = stage.sims.filter(
      (s) => JSON.stringify(s).includes(search) && (!url.searchParams.has('alarms') || s.alarms!.length > 0),
    )
    return { items, next: null }
  })
  await route('sims/\\d+', (r, url) => {
    const id = Number(url.pathname.split('/').at(-1))
    const found = stage.sims.find((s) => s.id === id)!
    if (r.request().method() === 'DELETE') {
      stage.sims = stage.sims.filter((s) => s.id !== id)
      gone.set(id, found)
      return null
    }
    Object.assign(found, r.request().postDataJSON())
    return found
  })
  const gone = new Map<number, SIM>()
  await route('sims/\\d+/restore', (_, url) => {
    const back = gone.get(Number(url.pathname.split('/').at(-2)))!
    stage.sims.push(back)
    return back
  })
  await route('sims/\\d+/accept', (r, url) => {
    const found = stage.sims.find((s) => s.id === Number(url.pathname.split('/').at(-2)))!
    Object.assign(found, { device_id: r.request().postDataJSON().device_id, alarms: [] })
    return found
  })
  await route('sims/\\d+/usage', (_, url) => ({ days: usage(Number(url.pathname.split('/').at(-2))) }))
  await route('sims/import', (_, url) => ({
    ...{ added: 2, updated: 1 },
    errors: url.searchParams.has('dry_run') ? [{ line: 3, message: 'iccid: 12 is no ICCID' }] : [],
  }))
  await route('messages', () => ({ items: stage.messages, next: null }))
  await route('messages/\\d+/seen', (_, url) => {
    const id = Number(url.pathname.split('/').at(-2))
    stage.messages = stage.messages.filter((m) => m.id !== id)
    return null
  })
}

export type Tell = (notice: { kind: string; id?: number | string; vehicle_id?: number }) => void

// listen stands in the live line, so that a test can say what the server would.
export async function listen(page: Page): Promise<Tell> {
  const lines = new Set<WebSocketRoute>()
  await page.routeWebSocket('**/api/live', (line) => {
    const server = line.connectToServer()
    lines.add(line)
    line.onMessage((message) => server.send(message))
    server.onMessage((message) => line.send(message))
  })
  return (notice) => {
    for (const line of lines) line.send(JSON.stringify({ type: 'notice', ...notice }))
  }
}
