import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { test as base, expect, type Locator, type Page } from '@playwright/test'
import type { Map as MapLibre } from 'maplibre-gl'
import { account } from '../playwright.config'
import type { Fleet } from '../src/fleet/store'

declare global {
  interface Window {
    drover: { map: MapLibre; fleet: Fleet }
    axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> }
  }
}

// Every test ends by asking whether the page called any host but its own.
export const test = base.extend({
  page: async ({ page, baseURL }, use) => {
    const own = new URL(baseURL!).host
    const elsewhere: string[] = []
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    page.on('websocket', (socket) => note(socket.url()))
    await page.context().route('**', (route) => {
      note(route.request().url())
      return new URL(route.request().url()).host === own ? route.fallback() : route.abort()
    })
    function note(url: string) {
      const { host, protocol } = new URL(url)
      if (protocol !== 'data:' && protocol !== 'blob:' && host !== own) elsewhere.push(url)
    }
    await use(page)
    expect(elsewhere, 'requests to other hosts').toEqual([])
    expect(errors, 'errors in the page').toEqual([])
  },
})

export { expect }

export async function signIn(page: Page): Promise<void> {
  await page.goto('/')
  await page.getByLabel('E-mail').fill(account.email)
  await page.getByLabel('Password').fill(account.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await settled(page)
}

// rows are the vehicles in the list.
export function rows(page: Page): Locator {
  return page.getByRole('listbox', { name: 'Vehicles' }).getByRole('option')
}

// settled waits until vehicles are listed and the map is drawn.
export async function settled(page: Page): Promise<void> {
  await expect(rows(page).first()).toBeVisible()
  await page.waitForFunction(() => window.drover?.map.loaded())
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

// The picture goes beside the results, where people look at it.
export async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `test-results/${name}.png` })
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

// barriers gives what axe finds serious or critical for people who use the page in another way.
export async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const { violations } = await page.evaluate(() => window.axe.run())
  return violations
    .filter((v) => v.impact === 'serious' || v.impact === 'critical')
    .map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' ')}`)
}
