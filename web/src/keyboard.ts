import { signal } from '@preact/signals'
import { openHistory, toggleFollow, watchSelected } from './actions'
import { kinds } from './fleet/status'
import { cursorPlace, enter, foldHere, grouped, moveCursor, putCursor, setGrouped } from './listing'
import { overlap } from './map/chosen'
import { messagesOpen, openConsole, toggleMessages } from './messages'
import { path } from './route'
import { cursor, dialog, search, select, selected, toggleState } from './state'

// Single keys can be switched off: people who speak to their computer would otherwise trigger them by accident.
export const singleKeys = signal(globalThis.localStorage?.getItem('singleKeys') !== 'off')

export function setSingleKeys(on: boolean): void {
  singleKeys.value = on
  localStorage.setItem('singleKeys', on ? 'on' : 'off')
}

export interface MapKeys {
  fit(): void
  zoom(by: number): void
  show(longitude: number, latitude: number): void
}

export const mapKeys = signal<MapKeys | null>(null)

export function focusSearch(): void {
  const field = document.querySelector<HTMLInputElement>('#search')
  field?.focus()
  field?.select()
}

// focusPrompt goes to the console's line, where there is one.
function focusPrompt(): boolean {
  const field = document.querySelector<HTMLInputElement>('#console-input')
  field?.focus()
  return field !== null
}

export function listenToKeys(): () => void {
  addEventListener('keydown', onKey)
  return () => removeEventListener('keydown', onKey)
}

const onDesk = (): boolean => path.value === '/'

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented) return
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') {
    event.preventDefault()
    dialog.value = dialog.value === 'commands' ? null : 'commands'
    return
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return
  if (dialog.value || document.querySelector('dialog[open]')) return
  const target = event.target as HTMLElement
  const typing = target.matches('input, textarea, select, [contenteditable=true]')
  const acted = typing ? onDesk() && inField(event, target) : everywhere(event, target)
  if (acted) event.preventDefault()
}

function inField(event: KeyboardEvent, field: HTMLElement): boolean {
  if (field.id !== 'search') return false
  switch (event.key) {
    case 'ArrowDown':
      return step(1)
    case 'ArrowUp':
      return step(-1)
    case 'Enter':
      if (cursor.value === null || cursorPlace() < 0) putCursor(0)
      enter()
      field.blur()
      return true
    case 'Escape':
      if (search.value) search.value = ''
      else field.blur()
      return true
    default:
      return false
  }
}

function everywhere(event: KeyboardEvent, target: HTMLElement): boolean {
  if (event.key === '?' && singleKeys.value) {
    dialog.value = 'help'
    return true
  }
  if (event.key === '/' && singleKeys.value && focusPrompt()) return true
  if (!onDesk()) return false
  if (event.key === 'Escape') return back()
  if (target.closest('.rows') && inList(event.key)) return true
  const mine = target.closest('.map, .messages, [role=toolbar], [role=tablist]') === null
  if (mine && event.key === 'ArrowDown') return step(1)
  if (mine && event.key === 'ArrowUp') return step(-1)
  if (event.key === 'Enter') return !target.matches('button, a, summary, [role=menuitemradio]') && enter()
  return singleKeys.value && (single[event.key.toLowerCase()]?.() ?? false)
}

// inList is what the list does with keys that scroll elsewhere.
function inList(key: string): boolean {
  switch (key) {
    case 'Home':
      return put(0)
    case 'End':
      return put(Number.MAX_SAFE_INTEGER)
    case 'PageDown':
      return step(10)
    case 'PageUp':
      return step(-10)
    case 'ArrowLeft':
      return foldHere(true)
    case 'ArrowRight':
      return foldHere(false)
    case ' ':
      return enter()
    default:
      return false
  }
}

// back closes what lies on top.
function back(): boolean {
  if (overlap.value) overlap.value = null
  else if (document.querySelector(':popover-open')) return false
  else if (messagesOpen.value && selected.value !== null) messagesOpen.value = false
  else if (selected.value !== null) select(null)
  else return false
  return true
}

const single: Record<string, () => boolean> = {
  j: () => step(1),
  k: () => step(-1),
  '/': () => done(focusSearch()),
  b: () => done(setGrouped(!grouped.value)),
  f: toggleFollow,
  w: watchSelected,
  t: openHistory,
  m: toggleMessages,
  c: openConsole,
  '0': () => done(mapKeys.value?.fit()),
  '+': () => done(mapKeys.value?.zoom(1)),
  '=': () => done(mapKeys.value?.zoom(1)),
  '-': () => done(mapKeys.value?.zoom(-1)),
  ...Object.fromEntries(kinds.map((kind, n) => [String(n + 1), () => done(toggleState(kind))])),
}

const done = (..._: unknown[]): boolean => true
const step = (by: number): boolean => done(moveCursor(by))
const put = (place: number): boolean => done(putCursor(place))
