// The page's appearance, from the choice and from what the system asks for.
import { computed, effect, signal } from '@preact/signals'
import { statusKeys } from './fleet/status'
import { paletteOf } from './palette'
import { density, type Theme, theme } from './preferences'

export { type Theme, theme } from './preferences'

export const themes = ['auto', 'light', 'dark', 'contrast'] as const satisfies Theme[]

function follows(condition: string) {
  const media = matchMedia(condition)
  const result = signal(media.matches)
  media.addEventListener('change', (event) => {
    result.value = event.matches
  })
  return result
}

const systemDark = follows('(prefers-color-scheme: dark)')
const systemContrast = follows('(prefers-contrast: more)')

// High contrast has a light and a dark side, which the system chooses.
export const contrast = computed(() => theme.value === 'contrast' || systemContrast.value)
export const dark = computed(() =>
  theme.value === 'light' || theme.value === 'dark' ? theme.value === 'dark' : systemDark.value,
)
export const palette = computed(() => paletteOf(dark.value, contrast.value))

effect(() => {
  const root = document.documentElement
  root.dataset.theme = dark.value ? 'dark' : 'light'
  root.dataset.contrast = contrast.value ? 'more' : 'usual'
  root.dataset.density = density.value
  statusKeys.forEach((key, status) => {
    root.style.setProperty(`--${key}`, palette.value.states[status]!)
  })
  root.style.setProperty('--glyph-outline', palette.value.outline)
})
