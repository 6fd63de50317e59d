import { barriers, expect, openDesk, picture, rows, test, vehicle } from './desk'

const tree = 'tree' as const

test('each vehicle counts once, and the counters filter together with the search', async ({ page }) => {
  await openDesk(page)
  const counters = page.getByRole('group', { name: 'Show only these states' }).getByRole('button')
  await expect(counters).toHaveCount(7)
  const sum = async () => {
    const texts = await counters.locator('b').allInnerTexts()
    return texts.reduce((total, text) => total + Number(text.replaceAll(',', '')), 0)
  }
  // A vehicle may be added, or change its state, between two looks.
  await expect(async () => {
    expect(await sum()).toBe(await page.evaluate(() => window.drover.fleet.named))
  }).toPass()
  await page.keyboard.press('3')
  await expect(counters.nth(2)).toHaveAttribute('aria-pressed', 'true')
  expect(new URL(page.url()).searchParams.get('states')).toBe('stopped')
  await expect(page.locator('.row .fact b')).toHaveCount(0) // nothing stopped has a speed
  await page.keyboard.press('3')
  await expect(counters.nth(2)).toHaveAttribute('aria-pressed', 'false')
})

test('rows say what people choose, and stay so', async ({ page }) => {
  await openDesk(page)
  const plate = rows(page).first().locator('.plate')
  await expect(plate).toBeVisible()
  await page.getByRole('button', { name: 'View of the list' }).click()
  await page.getByLabel('Plate', { exact: true }).uncheck()
  await page.getByRole('button', { name: 'Compact' }).click()
  await expect(plate).toHaveCount(0)
  await expect.poll(async () => (await rows(page).first().boundingBox())!.height).toBe(28)
  expect(await barriers(page)).toEqual([])
  await picture(page, 'list-compact')
  await page.reload()
  await expect(rows(page).first()).toBeVisible()
  await expect(plate).toHaveCount(0)
})

test('by group the list is a tree that folds, by keyboard alone', async ({ page }) => {
  await openDesk(page)
  await page.locator('.rows').focus()
  await page.keyboard.press('b')
  const list = page.getByRole(tree, { name: 'Vehicles' })
  const heads = list.locator('.head-row:not([aria-hidden])')
  await expect(heads.first()).toBeVisible()
  await list.focus()
  await page.keyboard.press('Home')
  // Alarms, if there are any, come first and do not fold.
  while (
    (await heads.first().getAttribute('aria-expanded')) === null &&
    (await list.locator('.head-row[data-alarms=true][data-cursor=true]').count())
  ) {
    await page.keyboard.press('ArrowDown')
    if (await list.locator('.row[data-cursor=true]').count()) await page.keyboard.press('PageDown')
  }
  await page.keyboard.press('End')
  await page.keyboard.press('ArrowLeft')
  const folded = list.locator('.head-row[data-cursor=true]:not([aria-hidden])')
  await expect(folded).toHaveAttribute('aria-expanded', 'false')
  await expect(list).toHaveAttribute('aria-activedescendant', (await folded.getAttribute('id'))!)
  expect(await barriers(page)).toEqual([])
  await picture(page, 'list-groups')
  await page.keyboard.press('ArrowRight')
  await expect(folded).toHaveAttribute('aria-expanded', 'true')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('complementary', { name: 'Selected vehicle' })).toBeVisible()
  await page.keyboard.press('b')
  await expect(rows(page).first()).toBeVisible()
})

test('the palette reaches a vehicle, a room and an action without the mouse', async ({ page }) => {
  await openDesk(page)
  const { name } = await vehicle(page, 'one whose name no other begins with', (v) => /\d{3}$/.test(v.name))
  await page.keyboard.press('Control+k')
  const detail = page.getByRole('complementary', { name: 'Selected vehicle' })
  const palette = page.getByRole('dialog', { name: 'Command palette' })
  const field = palette.getByRole('combobox')
  await expect(field).toBeFocused()
  await page.keyboard.type(name)
  await expect(palette.getByRole('option', { selected: true })).toContainText(name)
  expect(await barriers(page)).toEqual([])
  await picture(page, 'palette')
  await page.keyboard.press('Enter')
  await expect(palette).toHaveCount(0)
  await expect(page.getByRole('heading', { name, exact: true })).toBeVisible()

  await page.keyboard.press('Control+k')
  await page.keyboard.type('watch')
  await page.keyboard.press('Enter')
  await expect(detail.getByRole('button', { name: 'Watching' })).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('w')
  await expect(detail.getByRole('button', { name: 'Watch', exact: true })).toHaveAttribute(
    'aria-pressed',
    'false',
  )

  await page.keyboard.press('Control+k')
  await page.keyboard.type('nothing is called this')
  await expect(palette.getByText('Nothing is called that.')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(palette).toHaveCount(0)

  await page.keyboard.press('Control+k')
  await page.keyboard.type('settings')
  await page.keyboard.press('Enter')
  await expect.poll(() => new URL(page.url()).pathname).toBe('/settings')
})

test('single keys are shown, and can be switched off', async ({ page }) => {
  await openDesk(page)
  await page.keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'Keyboard' })
  await expect(help.getByText('Command palette')).toBeVisible()
  expect(await barriers(page)).toEqual([])
  await picture(page, 'keys')
  await help.getByLabel('Use single keys').uncheck()
  await page.keyboard.press('Escape')
  await expect(help).toHaveCount(0)
  await page.locator('.rows').focus()
  await page.keyboard.press('1')
  expect(new URL(page.url()).searchParams.has('states')).toBe(false)
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: 'Vehicles, rooms, actions' })).toBeFocused()
})
