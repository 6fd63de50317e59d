// The last half hour of the selected vehicle and of the watched ones: read once, then continued by the live line.
import { computed, effect, signal } from '@preact/signals'
import { api, type Fix } from './api'
import { fleet, ready, selected } from './state'
import { watched } from './watched'

export const trailSpan = 30 * 60_000 // ms

const sameFix = 1500 // ms by which the live line may give another time for the fix that the API gave

export interface TrailPoint {
  time: number // ms since 1970
  longitude: number
  latitude: number
  speed: number // km/h, NaN if unknown
}

// trails is by vehicle's id; a new map when any has changed.
export const trails = signal<ReadonlyMap<number, TrailPoint[]>>(new Map())

const none: TrailPoint[] = []

// trail is the selected vehicle's.
export const trail = computed(() =>
  selected.value === null ? none : (trails.value.get(selected.value) ?? none),
)

function pointOf(fix: Fix): TrailPoint[] {
  if (fix.latitude === null || fix.longitude === null || !fix.valid || fix.time === null) return []
  const { longitude, latitude, speed_kmh: speed = Number.NaN } = fix
  return [{ time: Date.parse(fix.time), longitude, latitude, speed }]
}

function livePoint(slot: number): TrailPoint {
  return {
    time: fleet.fixedAt[slot]!,
    longitude: fleet.longitude[slot]! / 1e7,
    latitude: fleet.latitude[slot]! / 1e7,
    speed: fleet.speedOf(slot),
  }
}

// extend adds what the live line knows that the trail does not, and lets go of what is older than half an hour.
export function extend(points: TrailPoint[], next: TrailPoint | null, now: number): TrailPoint[] {
  const last = points.at(-1)
  const moved = next && (!last || next.longitude !== last.longitude || next.latitude !== last.latitude)
  const newer = next && (!last || next.time > last.time + (moved ? 0 : sameFix))
  const old = points.length > 0 && points[0]!.time < now - trailSpan
  if (!newer && !old) return points
  const kept = points.filter((p) => p.time >= now - trailSpan)
  if (newer) kept.push(next)
  return kept
}

export function keepTrail(): () => void {
  const loading = new Map<number, AbortController>() // or loaded
  const stopLoading = effect(() => {
    const wanted = new Set([selected.value, ...watched.value])
    if (!ready.value) wanted.clear()
    for (const [id, abort] of loading) if (!wanted.has(id)) forget(id, abort)
    for (const id of wanted) if (id !== null && !loading.has(id)) load(id)
  })
  const stopExtending = effect(() => {
    fleet.version.value
    for (const id of loading.keys()) continueTrail(id)
  })

  function load(id: number): void {
    const abort = new AbortController()
    loading.set(id, abort)
    const to = fleet.serverNow()
    api
      .fixes(id, new Date(to - trailSpan), new Date(to + 60_000), abort.signal)
      .then((answer) => {
        keep(
          id,
          (answer.fixes ?? []).flatMap(pointOf).sort((a, b) => a.time - b.time),
        )
      })
      .catch(() => undefined) // the trail then begins with what the live line brings
  }

  function forget(id: number, abort: AbortController): void {
    abort.abort()
    loading.delete(id)
    keep(id, null)
  }

  return () => {
    stopLoading()
    stopExtending()
    for (const [id, abort] of loading) forget(id, abort)
  }
}

function keep(id: number, points: TrailPoint[] | null): void {
  const next = new Map(trails.peek())
  if (points) next.set(id, points)
  else next.delete(id)
  trails.value = next
}

function continueTrail(id: number): void {
  const slot = fleet.slot(id)
  if (slot < 0) return
  const usable = fleet.located(slot) && !fleet.approximate(slot)
  const points = trails.peek().get(id) ?? none
  const next = extend(points, usable ? livePoint(slot) : null, fleet.serverNow())
  if (next !== points) keep(id, next)
}
