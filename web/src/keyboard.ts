import { signal } from '@preact/signals'
import { overlap } from './map/chosen'
import { cursor, dialog, follow, moveCursor, search, select, selected, toggleState } from './state'

// Single keys can be switched off: people who speak to their computer would otherwise trigger them by accident.
export const singleKeys = signal(localStorage.getItem('singleKeys') !== 'off')

export function setSingleKeys(on: boolean): void {
  singleKeys.value = on
  localStorage.setItem('singleKeys', on ? 'on' : 'off')
}

export interface MapKeys {
  fit(): void
  zoom(by: number): void
}

export const mapKeys = signal<MapKeys | null>(null)

export function focusSearch(): void {
  const field = document.querySelector<HTMLInputElement>('#search')
  field?.focus()
  field?.select()
}

export function listenToKeys(): () => void {
  addEventListener('keydown', onKey)
  return () => removeEventListener('keydown', onKey)
}

function onKey(event: KeyboardEvent): void {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') {
    event.preventDefault()
    focusSearch()
    return
  }
  if (event.ctrlKey || event.metaKey || event.altKey || dialog.value) return
  const target = event.target as HTMLElement
  const typing = target.matches('input, textarea, select')
  const acted = typing ? inField(event, target) : everywhere(event, target)
  if (acted) event.preventDefault()
}

function inField(event: KeyboardEvent, field: HTMLElement): boolean {
  if (field.id !== 'search') return false
  switch (event.key) {
    case 'ArrowDown':
      moveCursor(1)
      return true
    case 'ArrowUp':
      moveCursor(-1)
      return true
    case 'Enter':
      if (cursor.value === null) moveCursor(1)
      select(cursor.value)
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
  const onControl = target.matches('button, a, [role=menuitemradio]')
  switch (event.key) {
    case 'ArrowDown':
      return !onMap(target) && step(1)
    case 'ArrowUp':
      return !onMap(target) && step(-1)
    case 'Enter':
      if (onControl || cursor.value === null) return false
      select(cursor.value)
      return true
    case 'Escape':
      if (overlap.value) {
        overlap.value = null
        return true
      }
      if (document.querySelector(':popover-open') || selected.value === null) return false
      select(null)
      return true
    default:
      return singleKeys.value && singleKey(event.key)
  }
}

function singleKey(key: string): boolean {
  switch (key) {
    case 'j':
    case 'J':
      return step(1)
    case 'k':
    case 'K':
      return step(-1)
    case '/':
      focusSearch()
      return true
    case 'f':
    case 'F':
      if (selected.value !== null) follow.value = !follow.value
      return true
    case '0':
      mapKeys.value?.fit()
      return true
    case '+':
    case '=':
      mapKeys.value?.zoom(1)
      return true
    case '-':
      mapKeys.value?.zoom(-1)
      return true
    case '?':
      dialog.value = 'help'
      return true
    default:
      if (key < '1' || key > '5' || key.length > 1) return false
      toggleState(Number(key) - 1)
      return true
  }
}

function step(n: number): boolean {
  moveCursor(n)
  return true
}

const onMap = (target: HTMLElement): boolean => target.closest('.map') !== null
