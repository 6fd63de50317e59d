// What people chose about the page. It is kept in this browser, for the first paint, and with the account, so that it
// follows them to other browsers.
import { type Signal, signal } from '@preact/signals'

export const choices = {
  units: ['metric', 'imperial'],
  theme: ['auto', 'light', 'dark', 'contrast'],
  density: ['comfortable', 'compact'],
} as const

export type Units = (typeof choices.units)[number]
export type Theme = (typeof choices.theme)[number]
export type Density = (typeof choices.density)[number]

const kept = (name: string): string | null => globalThis.localStorage?.getItem(name) ?? null

function chosen<N extends keyof typeof choices>(name: N, otherwise: (typeof choices)[N][number]) {
  const values: readonly string[] = choices[name]
  const value = kept(name) ?? ''
  return signal((values.includes(value) ? value : otherwise) as (typeof choices)[N][number])
}

const milesByDefault = /-(US|LR)$/.test(globalThis.navigator?.language ?? '') ? 'imperial' : 'metric'

export const units: Signal<Units> = chosen('units', milesByDefault)
export const theme: Signal<Theme> = chosen('theme', 'auto')
export const density: Signal<Density> = chosen('density', 'comfortable')
export const zone = signal(knownZone(kept('zone')) ? kept('zone')! : '') // an IANA name; '': the browser's

export function knownZone(name: string | null): boolean {
  if (!name) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

export type Preference = 'units' | 'theme' | 'density' | 'zone'

// prefer takes a choice over and keeps it in this browser. What is no choice is left alone.
export function prefer(name: Preference, value: string): void {
  if (name === 'zone') {
    if (value !== '' && !knownZone(value)) return
    zone.value = value
  } else {
    const values: readonly string[] = choices[name]
    if (!values.includes(value)) return
    const to: Signal<string> = { units, theme, density }[name] as Signal<string>
    to.value = value
  }
  localStorage.setItem(name, value)
}
