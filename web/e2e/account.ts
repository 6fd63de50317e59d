import type { Page } from '@playwright/test'
import { account } from '../playwright.config'
import { expect } from './desk'

export interface Account {
  email: string
  password: string
}

export const rail = (page: Page) => page.getByRole('navigation', { name: 'Rooms' })

// openRoom opens a room for whoever is signed in; unlike openDesk of desk.ts it waits for no map.
export async function openRoom(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await expect(rail(page)).toBeVisible()
}

// enter fills the form that stands at any address of the page.
export async function enter(page: Page, who: Account = account): Promise<void> {
  await page.getByLabel('E-mail').fill(who.email)
  await page.getByLabel('Password').fill(who.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

// signInAt opens a room through the form, in a session of the test's own, which it may end.
export async function signInAt(page: Page, path: string, who: Account = account): Promise<void> {
  await page.context().clearCookies()
  await page.goto(path)
  await enter(page, who)
  await expect(rail(page)).toBeVisible()
}

export async function leave(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Account and settings' }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByLabel('E-mail')).toBeVisible()
}
