// Whose messages are laid open below the map, and which kind.
import { signal } from '@preact/signals'
import { selected } from './state'

export const messageTabs = ['fixes', 'frames'] as const
export type MessageTab = (typeof messageTabs)[number]

export const messagesOpen = signal(false) // of the selected vehicle
export const messageTab = signal<MessageTab>('fixes')

export function toggleMessages(): boolean {
  if (selected.value === null) return false
  messagesOpen.value = !messagesOpen.value
  return true
}
