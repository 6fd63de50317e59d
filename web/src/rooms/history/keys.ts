// The room's keys. Single keys can be switched off, as on the live desk.
import { singleKeys } from '../../keyboard'
import * as clock from './clock'
import { toStop } from './Player'
import { follow, main, map, playOrPause } from './room'

const actions: Record<string, () => void> = {
  ' ': playOrPause,
  p: playOrPause,
  '[': () => clock.faster(-1),
  ']': () => clock.faster(1),
  ',': () => toStop(-1),
  '.': () => toStop(1),
  '0': () => map.value?.fit(),
  '+': () => map.value?.zoom(1),
  '-': () => map.value?.zoom(-1),
  f: () => {
    if (main.value !== null) follow.value = !follow.value
  },
}

export function listenToKeys(): () => void {
  addEventListener('keydown', onKey)
  return () => removeEventListener('keydown', onKey)
}

function onKey(event: KeyboardEvent): void {
  const target = event.target as HTMLElement
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !singleKeys.value) return
  if (target.matches('input, textarea, select') || document.querySelector('dialog[open], :popover-open'))
    return
  if (event.key === ' ' && target.matches('button, a, label')) return
  const action = actions[event.key.toLowerCase()]
  if (!action) return
  action()
  event.preventDefault()
}
