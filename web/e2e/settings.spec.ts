import { createHmac } from 'node:crypto'
import type { Page } from '@playwright/test'
import { enter, leave, openRoom, rail, signInAt } from './account'
import { barriers, expect, inBoth, nobody, picture, test } from './desk'

// person makes a viewer of a test's own, so that nobody else's settings change under them.
async function person(page: Page, name: string): Promise<{ email: string; password: string }> {
  const email = `${name}-${Date.now()}@example.org`
  const password = 'a long enough password'
  const user = { email, password, name, role: 'viewer' }
  expect((await page.request.post('/api/users', { data: user })).status()).toBe(201)
  return { email, password }
}

// code is what an authenticator app shows for a secret (RFC 6238) so many steps from now.
function code(secret: string, steps = 0): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...secret.replaceAll(/[\s=]/g, '')].map((c) =>
    letters.indexOf(c).toString(2).padStart(5, '0'),
  )
  const key = Buffer.from(
    bits
      .join('')
      .match(/.{8}/g)!
      .map((b) => Number.parseInt(b, 2)),
  )
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps))
  const mac = createHmac('sha1', key).update(counter).digest()
  const number = mac.readUInt32BE(mac.at(-1)! & 15) & 0x7fffffff
  return String(number % 1_000_000).padStart(6, '0')
}

test('language, units, time zone and colours are chosen and follow the account', async ({
  page,
  browser,
  baseURL,
}) => {
  const who = await person(page, 'chooser')
  await signInAt(page, '/settings', who)
  await page.getByText('Miles').click()
  await page.getByLabel('Time zone').selectOption('Asia/Tokyo')
  await expect(page.getByText(/It is \d\d:\d\d there now \(GMT\+9\)/)).toBeVisible()
  await page.getByRole('main').getByText('Dark', { exact: true }).click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await page.getByRole('main').getByText('High contrast', { exact: true }).click()
  await expect(page.locator('html')).toHaveAttribute('data-contrast', 'more')
  expect(await barriers(page)).toEqual([])
  await picture(page, 'settings-contrast')
  await page.getByText('Deutsch', { exact: true }).click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
  await expect(page.getByRole('heading', { name: 'Einstellungen' })).toBeVisible()
  await picture(page, 'settings-german')

  // Another browser has it all once they sign in there.
  const elsewhere = await (await browser.newContext({ baseURL: baseURL!, storageState: nobody })).newPage()
  await elsewhere.goto('/settings')
  await enter(elsewhere, who)
  await expect(elsewhere.getByRole('heading', { name: 'Einstellungen' })).toBeVisible()
  await expect(elsewhere.getByLabel('Meilen')).toBeChecked()
  await expect(elsewhere.locator('html')).toHaveAttribute('data-contrast', 'more')
  await elsewhere.getByText('Français', { exact: true }).click()
  await expect(elsewhere.getByRole('heading', { name: 'Réglages' })).toBeVisible()
  await elsewhere.context().close()
})

test('an authenticator app guards the account; a recovery code stands in for it', async ({ page }) => {
  const who = await person(page, 'careful')
  await signInAt(page, '/settings/security', who)
  await page.getByRole('button', { name: 'Set up' }).click()
  const secret = await page.getByLabel('Key', { exact: true }).inputValue()
  await expect(page.getByRole('img', { name: /QR code/ })).toBeVisible()
  expect(await barriers(page)).toEqual([])
  await page.getByLabel('Code that the app shows').fill('000000')
  await page.getByRole('button', { name: 'Turn on' }).click()
  await expect(page.getByRole('alert').filter({ hasText: /\w/ })).toBeVisible()
  await page.getByLabel('Code that the app shows').fill(code(secret))
  await picture(page, 'settings-factor')
  await page.getByRole('button', { name: 'Turn on' }).click()
  const codes = page.getByRole('region', { name: 'Recovery codes' }).locator('code')
  await expect(codes.first()).toBeVisible()
  const recovery = await codes.first().innerText()
  await picture(page, 'settings-recovery')
  await page.getByRole('button', { name: 'I have kept them' }).click()

  await leave(page)
  await enter(page, who)
  await page.getByLabel('Code').fill(recovery)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(rail(page)).toBeVisible()
  await leave(page)
  await enter(page, who)
  expect(await barriers(page)).toEqual([])
  await page.getByLabel('Code').fill(recovery)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert')).toContainText('The code is wrong, or was used already.')
  await page.getByLabel('Code').fill(code(secret, 1))
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(rail(page)).toBeVisible()

  await page.goto('/settings/security')
  await page.getByRole('button', { name: 'Turn off' }).click()
  await page.getByLabel('Your password').fill(who.password)
  await page.getByRole('dialog').getByRole('button', { name: 'Turn off' }).click()
  await expect(page.getByRole('button', { name: 'Set up' })).toBeVisible()
})

test('sessions are listed, and one is ended from another', async ({ page, browser, baseURL }) => {
  const who = await person(page, 'twice')
  await signInAt(page, '/settings/security', who)
  const elsewhere = { baseURL: baseURL!, locale: 'en-GB', storageState: nobody }
  const other = await (await browser.newContext(elsewhere)).newPage()
  await signInAt(other, '/settings/security', who)
  await page.reload()
  const ends = page.getByRole('button', { name: /^Sign out:/ })
  await expect(ends).toHaveCount(1)
  await ends.click()
  await expect(page.getByText('That session has ended.')).toBeVisible()
  await expect(ends).toHaveCount(0)
  await other.reload()
  await expect(other.getByLabel('E-mail')).toBeVisible()
  await other.context().close()
})

test('a token is made with its rights, works, and is revoked', async ({ page, playwright, baseURL }) => {
  await openRoom(page, '/settings/tokens')
  const name = `Board ${Date.now()}`
  await page.getByRole('button', { name: 'New token' }).click()
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('Expires').selectOption('30')
  expect(await barriers(page)).toEqual([])
  await picture(page, 'settings-new-token')
  await page.getByRole('button', { name: 'Make token' }).click()
  const token = await page.getByLabel('Token', { exact: true }).inputValue()
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()
  await expect(page.getByRole('row', { name })).toContainText('fleet:read')
  const headers = { Authorization: `Bearer ${token}` }
  const request = await playwright.request.newContext({ baseURL: baseURL!, storageState: nobody })
  expect((await request.get('/api/vehicles', { headers })).status()).toBe(200)
  expect((await request.get('/api/users', { headers })).status()).toBe(403)
  await page.getByRole('button', { name: `Revoke: ${name}` }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
  await expect(page.getByText(`${name} is revoked.`)).toBeVisible()
  expect((await request.get('/api/vehicles', { headers })).status()).toBe(401)
  await request.dispose()
})

test('nothing bars anyone from the settings', async ({ page }) => {
  for (const tab of ['', '/security', '/tokens', '/links']) {
    await page.goto(`/settings${tab}`)
    await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible()
    await expect(page.locator('.progress')).toHaveCount(0)
    await inBoth(page, `settings${tab.replace('/', '-')}`)
  }
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/settings')
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await inBoth(page, 'settings-phone')
})
