import { computed, effect, signal } from '@preact/signals'
import { statusKeys } from './fleet/status'
import * as palettes from './palette'

export const themes = ['auto', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const kept = localStorage.getItem('theme') as Theme | null
export const theme = signal<Theme>(kept && themes.includes(kept) ? kept : 'auto')

const query = matchMedia('(prefers-color-scheme: dark)')
const systemDark = signal(query.matches)
query.addEventListener('change', (event) => {
  systemDark.value = event.matches
})

export const dark = computed(() => theme.value === 'dark' || (theme.value === 'auto' && systemDark.value))
export const palette = computed(() => (dark.value ? palettes.dark : palettes.light))

effect(() => {
  const root = document.documentElement
  root.dataset.theme = theme.value
  localStorage.setItem('theme', theme.value)
  statusKeys.forEach((key, status) => {
    root.style.setProperty(`--${key}`, palette.value.states[status]!)
  })
  root.style.setProperty('--glyph-outline', palette.value.outline)
})
