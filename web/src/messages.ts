// Whose messages are laid open below the map, and which kind.
import { signal } from '@preact/signals'
import { selected } from './state'

export const messageTabs = ['console', 'fixes', 'frames'] as const
export type MessageTab = (typeof messageTabs)[number]

export const messagesOpen = signal(false) // of the selected vehicle
export const messageTab = signal<MessageTab>('fixes')
export const promptWanted = signal(false) // the console's line takes the focus once it is there

// openConsole opens the console of the selected vehicle, for typing.
export function openConsole(): boolean {
  if (selected.value === null) return false
  messageTab.value = 'console'
  messagesOpen.value = true
  promptWanted.value = true
  return true
}

export function toggleMessages(): boolean {
  if (selected.value === null) return false
  messagesOpen.value = !messagesOpen.value
  return true
}
