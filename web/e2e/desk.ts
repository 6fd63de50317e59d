import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type BrowserContextOptions, test as base, expect, type Locator, type Page } from '@playwright/test'
import type { Map as MapLibre } from 'maplibre-gl'
import { account, server } from '../playwright.config'
import type { Fleet } from '../src/fleet/store'
import type { Crowd } from '../src/rooms/history/crowd'
import { undocumented } from './document'

declare global {
  interface Window {
    drover: { map: MapLibre; fleet: Fleet }
    droverHistory?: { map: MapLibre; crowd: Crowd }
    axe: {
      run(options: {
        resultTypes: string[]
      }): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }>
    }
  }
}

type State = Exclude<BrowserContextOptions['storageState'], string | undefined>

// nobody has signed in: for the form, and for guests.
export const nobody: State = { cookies: [], origins: [] }

// Every test begins with the administrator signed in, in a session that all share, and ends by asking whether the page
// called any host but its own (none could answer: see the configuration) or asked the API what is not in its document.
export const test = base.extend<object, { session: State }>({
  session: [
    async ({ playwright }, use) => {
      const request = await playwright.request.newContext({ baseURL: server, storageState: nobody })
      expect((await request.post('/api/session', { data: account })).ok()).toBe(true)
      await use(await request.storageState())
      await request.dispose()
    },
    { scope: 'worker' },
  ],
  storageState: ({ session }, use) => use(session),
  page: async ({ page }, use) => {
    const own = new URL(server).host
    const elsewhere: string[] = []
    const errors: string[] = []
    const strange = new Set<string>()
    page.on('pageerror', (error) => errors.push(error.message))
    page.on('websocket', (socket) => note(socket.url()))
    page.context().on('request', (request) => {
      note(request.url())
      const unknown = undocumented(request.method(), new URL(request.url()))
      if (unknown) strange.add(unknown)
    })
    function note(url: string) {
      const { host, protocol } = new URL(url)
      if (protocol !== 'data:' && protocol !== 'blob:' && host !== own) elsewhere.push(url)
    }
    await use(page)
    expect(elsewhere, 'requests to other hosts').toEqual([])
    expect(errors, 'errors in the page').toEqual([])
    expect([...strange], 'requests that the API’s document does not know').toEqual([])
  },
})

export { expect }

// openDesk opens the map and its list, for whoever is signed in.
export async function openDesk(page: Page, address = '/'): Promise<void> {
  await page.goto(address)
  await settled(page)
}

// rows are the vehicles in the list.
export function rows(page: Page): Locator {
  return page.getByRole('listbox', { name: 'Vehicles' }).getByRole('option')
}

export interface Listed {
  id: number
  name: string
  row: Locator
}

// listed gives the vehicle that is at a place of the list now. Its row stays its own when the list sorts itself anew,
// as it does whenever a vehicle sets off or stops.
export async function listed(page: Page, place = 0): Promise<Listed> {
  const found = await rows(page)
    .nth(place)
    .evaluate((row) => ({ id: Number(row.dataset.id), name: row.querySelector('.name b')!.textContent! }))
  return { ...found, row: page.locator(`#vehicle-${found.id}`) }
}

interface Vehicle {
  id: number
  name: string
  plate: string
  device: { id: number; protocol: string; identity: string; online: boolean } | null
  last: { speed_kmh?: number } | null
}

// vehicle gives the first that fits, and waits for one: the fleet may just be dialling in.
export async function vehicle(page: Page, what: string, fits: (v: Vehicle) => boolean): Promise<Vehicle> {
  let found: Vehicle | undefined
  await expect(async () => {
    const { items } = await (await page.request.get('/api/vehicles?limit=1000')).json()
    found = items.find(fits)
    expect(found, what).toBeDefined()
  }).toPass({ timeout: 40_000 })
  return found!
}

// speaking gives a vehicle whose tracker has called, and speaks a protocol.
export const speaking = (page: Page, protocol: string) =>
  vehicle(page, `one that speaks ${protocol}`, ({ device }) =>
    Boolean(device?.online && device.protocol === protocol),
  )

// driving gives a vehicle that drives now.
export const driving = (page: Page) =>
  vehicle(page, 'one that drives', ({ last }) => (last?.speed_kmh ?? 0) > 5)

// agree answers a question about a vehicle, with its name if it is asked for: it is as soon as the vehicle sets off.
export async function agree(question: Locator, name: string, action = 'Send it'): Promise<void> {
  const typed = question.getByRole('textbox')
  await expect(async () => {
    if (await typed.isVisible()) await typed.fill(name, { timeout: 2000 })
    await question.getByRole('button', { name: action }).click({ timeout: 2000 })
  }).toPass()
}

// settled waits until the fleet and its places are known and the map is drawn.
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    if (!window.drover) return false
    const { fleet, map } = window.drover
    const located = Array.from({ length: fleet.count }).some((_, i) => fleet.located(i))
    return fleet.named > 0 && located && map.loaded()
  })
}

// places gives where each located vehicle is, by id.
export async function places(page: Page): Promise<Record<string, string>> {
  return page.evaluate(() => {
    const { fleet } = window.drover
    const found: Record<string, string> = {}
    for (let i = 0; i < fleet.count; i++) {
      if (fleet.located(i)) found[fleet.ids[i]!] = `${fleet.longitude[i]} ${fleet.latitude[i]}`
    }
    return found
  })
}

export const schemes = ['light', 'dark'] as const

// paint turns to a colour scheme and waits until a map, if there is one, is drawn in it.
export async function paint(page: Page, colorScheme: (typeof schemes)[number]): Promise<void> {
  await page.emulateMedia({ colorScheme })
  await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
  await page.waitForFunction(() =>
    [window.drover, window.droverHistory].every(
      (shown) => !shown?.map.getContainer().isConnected || shown.map.loaded(),
    ),
  )
}

// inBoth looks at a screen in light and dark: nothing bars anyone, and there is a picture of each.
export async function inBoth(page: Page, name: string): Promise<void> {
  for (const scheme of schemes) {
    await paint(page, scheme)
    expect(await barriers(page), `${name}, ${scheme}`).toEqual([])
    await picture(page, `${name}-${scheme}`)
  }
}

// The picture goes beside the results, where people look at it.
export async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `test-results/${name}.png` })
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

// barriers gives what axe finds serious or critical for people who use the page in another way.
export async function barriers(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe)
  const { violations } = await page.evaluate(() => window.axe.run({ resultTypes: ['violations'] }))
  return violations
    .filter((v) => v.impact === 'serious' || v.impact === 'critical')
    .map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' ')}`)
}
