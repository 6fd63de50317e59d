// The last known state of the fleet, kept in this browser while somebody is signed in, and shown when the page is
// opened without a connection. Signing out forgets it.
import { effect, signal } from '@preact/signals'
import { welcome } from '../account'
import { api, type User } from '../api'
import { line } from '../desk'
import type { VehicleName } from '../fleet/store'
import type { Frame } from '../live/frame'
import { fleet, ready, user } from '../state'
import { frameOf, namesOf } from './frame'
import { forget, keep, recall } from './kept'

const key = 'fleet'
const pause = 20_000 // ms between two savings

interface Snapshot {
  user: User
  names: VehicleName[]
  frame: Frame
}

// asOf is when what is shown was true, ms since 1970; null while it is true now.
export const asOf = signal<number | null>(null)

// showKept shows what was kept, and says whether there was anything.
export async function showKept(): Promise<boolean> {
  const kept = await recall<Snapshot>(key).catch(() => undefined)
  if (!kept) return false
  fleet.applyNames(true, kept.names, [])
  fleet.applyFrame(kept.frame)
  asOf.value = kept.frame.serverTime
  ready.value = true
  user.value = kept.user
  return true
}

// keepSnapshot saves what is shown from time to time, until the function that it gives is called. What goes wrong
// with the browser's database costs the snapshot and nothing else.
export function keepSnapshot(): () => void {
  const save = () => {
    const who = user.peek()
    if (!who || !ready.peek() || asOf.peek() !== null || line.peek()?.state.peek() !== 'live') return
    const snapshot: Snapshot = { user: who, names: namesOf(fleet), frame: frameOf(fleet) }
    keep(key, snapshot).catch(() => undefined)
  }
  const hidden = () => document.hidden && save()
  const timer = setInterval(save, pause)
  document.addEventListener('visibilitychange', hidden)
  addEventListener('pagehide', save)
  const first = effect(() => {
    if (ready.value && line.value?.state.value === 'live') save()
  })
  return () => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', hidden)
    removeEventListener('pagehide', save)
    first()
  }
}

// What was kept is out of date as soon as the line is back; then the session is looked at too.
effect(() => {
  if (asOf.value === null || line.value?.state.value !== 'live' || !ready.value) return
  asOf.value = null
  api.session().then(
    (answer) => welcome(answer.user),
    () => undefined, // whoever is signed out is told by the line
  )
})

effect(() => {
  if (user.value === null) forget(key).catch(() => undefined)
})
