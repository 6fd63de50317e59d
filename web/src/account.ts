// Joins the choices of this browser with the account's: what was chosen elsewhere holds here too, and what is chosen
// here is kept with the account.

import type { User } from './api'
import { account } from './api/account'
import { choices, type Preference, prefer } from './preferences'
import { user } from './state'
import { language, setLanguage } from './words'

const names = [...Object.keys(choices), 'zone'] as Preference[]

// welcome takes over who has signed in, with their choices. Another language shows the page anew.
export function welcome(who: User): void {
  const settings = who.settings ?? {}
  for (const name of names) {
    const value = settings[name]
    if (value !== undefined) prefer(name, value)
  }
  user.value = who
  if (settings.language && settings.language !== language) setLanguage(settings.language)
}

// choose keeps a choice in this browser at once, and with the account when the server has it.
export async function choose(name: Preference | 'language', value: string): Promise<void> {
  if (name !== 'language') prefer(name, value)
  const who = user.value
  if (who) {
    const { user: now } = await account.change({ settings: { ...who.settings, [name]: value } })
    user.value = now
  }
  if (name === 'language') setLanguage(value)
}
