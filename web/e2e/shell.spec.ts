import { enter, leave, openRoom, rail } from './account'
import { barriers, expect, nobody, picture, test } from './desk'

test('the rail leads through the rooms, and Back returns', async ({ page }) => {
  await openRoom(page, '/settings')
  const opened = async (link: string, path: string) => {
    await rail(page).getByRole('link', { name: link, exact: true }).click()
    await expect(page).toHaveURL(new RegExp(`${path}(\\?|/|$)`))
    await expect(rail(page).getByRole('link', { name: link, exact: true })).toHaveAttribute(
      'aria-current',
      'page',
    )
    await expect(page.locator('.room main')).toBeVisible()
  }
  await opened('Manage', '/manage')
  await opened('Audit log', '/audit')
  await opened('Server', '/server')
  await opened('API', '/docs')
  await page.goBack()
  await expect(page).toHaveURL(/\/server$/)
  await page.goto('/no-such-room')
  await expect(page.getByText('There is no page at this address.')).toBeVisible()
  expect(await barriers(page)).toEqual([])
  await page.getByRole('main').or(page.locator('.nothing')).getByRole('link').click()
  await expect(page).toHaveURL(/\/(\?|$)/)
})

test.describe('before anybody has signed in', () => {
  test.use({ storageState: nobody })

  test('the form speaks the language that is chosen there', async ({ page }) => {
    await page.goto('/settings')
    await page.getByRole('button', { name: 'Deutsch' }).click()
    await expect(page.getByRole('button', { name: 'Anmelden' })).toBeVisible()
    await expect(page.locator('html')).toHaveAttribute('lang', 'de')
    expect(await barriers(page)).toEqual([])
    await picture(page, 'sign-in-german')
    await page.getByRole('button', { name: 'Français' }).click()
    await expect(page.getByRole('button', { name: 'Se connecter' })).toBeVisible()
  })

  test('a provider’s refusal is said on the form', async ({ page }) => {
    await page.goto('/?problem=oidc&detail=Nobody%20here%20has%20this%20e-mail.')
    await expect(page.getByRole('alert')).toHaveText('Nobody here has this e-mail.')
  })
})

test('a session that ends elsewhere leads back to the form, and then to the same room', async ({ page }) => {
  await openRoom(page, '/settings/tokens')
  await page.context().clearCookies()
  await page.goto('/settings/links')
  await expect(page.getByLabel('E-mail')).toBeVisible()
  await enter(page)
  await expect(page.getByRole('link', { name: 'Shared links' })).toHaveAttribute('aria-current', 'page')
  await leave(page)
})

test('paper shows the list without what is only pressed', async ({ page }) => {
  await openRoom(page, '/settings/security')
  await expect(page.getByText('this browser')).toBeVisible()
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  await expect(rail(page)).toBeHidden()
  await expect(page.getByRole('heading', { name: 'Sessions' })).toBeVisible()
  expect(await page.evaluate(() => getComputedStyle(document.querySelector('.page')!).backgroundColor)).toBe(
    'rgb(255, 255, 255)',
  )
  await picture(page, 'print')
})
