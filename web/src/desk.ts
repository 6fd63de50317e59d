// Joins the live line, the fleet and the session: what the page does while someone is signed in.
import { effect, signal } from '@preact/signals'
import { api, Problem } from './api'
import { Line } from './live/line'
import { tellNotice } from './notices'
import { fleet, ready, selected, sessionEnded, user } from './state'

const allUpTo = 10_000 // vehicles of which the page asks for every change wherever they are
const sweep = 30_000 // ms after which a larger fleet is asked for as a whole again, for the list's sake

export type Bbox = [west: number, south: number, east: number, north: number]

export const line = signal<Line | null>(null)
export const inView = signal<Bbox | null>(null) // what the map shows, with a margin

// start opens the live line and gives a function that ends it.
export function start(): () => void {
  let whole = true // the server sends all vehicles
  let sweptAt = 0
  let tickedAt = 0
  let named = false
  let placed = false

  const open = new Line(`${location.origin.replace('http', 'ws')}/api/live`, {
    notice: tellNotice,
    hello(serverTime, intervalMs) {
      tellNotice({ kind: 'all' }) // whatever happened while there was no line
      fleet.setClock(serverTime)
      fleet.glide = Math.max(200, Math.min(5000, intervalMs || 1000))
      whole = true
      sweptAt = 0
    },
    vehicles(message) {
      named ||= message.all
      fleet.applyNames(message.all, message.vehicles ?? [], message.removed ?? [])
      ready.value = named && placed
    },
    frame(frame) {
      fleet.applyFrame(frame, whole)
      tickedAt = Date.now()
      if (frame.kind !== 'snapshot') return
      placed = true
      ready.value = named && placed
      if (!whole) return
      sweptAt = Date.now()
      narrow()
    },
    refused() {
      api.session().catch((error: unknown) => {
        if (error instanceof Problem && error.status === 401) signedOut()
      })
    },
  })

  // narrow asks a large fleet only for what the map shows; smaller ones are sent whole, so that the list is right.
  function narrow(): void {
    const box = inView.value
    if (fleet.count <= allUpTo || !box) return
    whole = false
    open.view(box)
  }

  function widen(): void {
    whole = true
    open.view(null)
    open.snapshot()
  }

  const timer = setInterval(() => {
    if (Date.now() - tickedAt > 950) fleet.tick()
    if (!whole && Date.now() - sweptAt > sweep) widen()
  }, 1000)
  const unwatch = effect(() => {
    if (!inView.value || !ready.value) return
    if (whole) narrow()
    else open.view(inView.value)
  })
  const online = () => open.reconnect()
  addEventListener('online', online)
  open.start()
  line.value = open

  return () => {
    removeEventListener('online', online)
    unwatch()
    clearInterval(timer)
    open.stop()
    line.value = null
    ready.value = false
    fleet.clear()
  }
}

export function signedOut(): void {
  if (user.value) sessionEnded.value = true
  user.value = null
}

export async function signOut(): Promise<void> {
  await api.signOut().catch(() => undefined)
  selected.value = null
  user.value = null
}
