import type { Page } from '@playwright/test'
import { agree, barriers, expect, inBoth, openDesk, picture, speaking, test } from './desk'

const detail = (page: Page) => page.getByRole('complementary', { name: 'Selected vehicle' })
const send = (page: Page) => detail(page).getByRole('button', { name: 'Send', exact: true })

// form opens the form for a vehicle whose family has words for every command that is tried here.
async function form(page: Page): Promise<{ name: string; imei: string }> {
  const { id, name, device } = await speaking(page, 'gt06')
  await openDesk(page, `/?vehicle=${id}`)
  await detail(page).getByRole('button', { name: 'Send a command' }).click()
  await expect(detail(page).getByLabel('Command')).toBeVisible()
  return { name, imei: device!.identity }
}

// open opens the form; the answer of the tracker is played, as simulated ones give none.
async function open(
  page: Page,
  answer: { status?: number; json: object },
): Promise<{ name: string; sent: object[] }> {
  const sent: object[] = []
  await page.route('**/api/devices/*/commands', (route) => {
    sent.push(route.request().postDataJSON())
    return route.fulfill(answer)
  })
  return { name: (await form(page)).name, sent }
}

test('a custom command is sent, and its answer shown', async ({ page }) => {
  const { sent } = await open(page, {
    json: { state: 'answered', answer: 'Battery:4.1V GPRS:OK', data: null },
  })
  await detail(page).getByLabel('Command').selectOption({ label: 'Custom text' })
  await detail(page).getByRole('textbox', { name: 'Text' }).fill('STATUS#')
  await send(page).click()
  await expect(detail(page).getByText('Battery:4.1V GPRS:OK')).toBeVisible()
  expect(sent).toEqual([{ kind: 'custom', text: 'STATUS#' }])
  await inBoth(page, 'command')
})

test('cutting the engine is asked about, with the vehicle and its speed', async ({ page }) => {
  const { name, sent } = await open(page, { json: { state: 'sent', answer: null, data: null } })
  await detail(page).getByLabel('Command').selectOption('immobilise')
  await send(page).click()
  const question = page.getByRole('dialog', { name: `Immobilise (cut the engine): ${name}?` })
  await expect(question).toContainText(new RegExp(`${name}: \\d+ km/h|speed of ${name} is not known`))
  await picture(page, 'command-sure')
  expect(await barriers(page)).toEqual([])
  await question.getByRole('button', { name: 'Cancel' }).click()
  expect(sent).toEqual([])
  await send(page).click()
  await expect(question).toBeVisible()
  await agree(question, name, 'Immobilise')
  await expect(detail(page).getByText('Sent, no answer yet.')).toBeVisible()
  expect(sent).toEqual([{ kind: 'immobilise', confirmed: true }])
})

test('no open line is said in plain words', async ({ page }) => {
  await open(page, { status: 409, json: { status: 409, detail: 'the device has no open line now' } })
  await detail(page).getByLabel('Command').selectOption('interval')
  await detail(page).getByLabel('Seconds between reports').fill('60')
  await send(page).click()
  await expect(detail(page).getByRole('alert')).toContainText('The tracker has no open line now')
})

test('a command goes to the server, and stands in the audit log', async ({ page }) => {
  const { imei } = await form(page)
  await detail(page).getByLabel('Command').selectOption('locate')
  await send(page).click()
  await expect(detail(page).locator('.outcome, .trouble').filter({ hasText: /\w/ }).first()).toBeVisible()
  await expect(send(page)).toBeEnabled()
  await expect(detail(page).locator('.outcome, .trouble')).toContainText(
    /Sent, no answer|Answered|refused|open line|not on line/,
  )
  const { items } = await (await page.request.get(`/api/audit?search=${imei}&limit=100`)).json()
  expect(items.map((i: { text: string }) => i.text)).toContain(`${imei}: locate`)
})

test('commands on a phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await open(page, { json: { state: 'answered', answer: 'OK', data: null } })
  await detail(page).getByLabel('Command').selectOption('output')
  await send(page).scrollIntoViewIfNeeded()
  await picture(page, 'command-phone')
  expect(await barriers(page)).toEqual([])
})
