// The selected vehicle's last half hour: read once, then continued by the live line.
import { effect, signal, untracked } from '@preact/signals'
import { api, type Fix } from './api'
import { fleet, ready, selected } from './state'

export const trailSpan = 30 * 60_000 // ms

const sameFix = 1500 // ms by which the live line may give another time for the fix that the API gave

export interface TrailPoint {
  time: number // ms since 1970
  longitude: number
  latitude: number
  speed: number // km/h, NaN if unknown
}

export const trail = signal<TrailPoint[]>([])

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
  const stopLoading = effect(() => {
    const id = selected.value
    trail.value = []
    if (id === null || !ready.value) return
    const abort = new AbortController()
    const to = fleet.serverNow()
    api
      .fixes(id, new Date(to - trailSpan), new Date(to + 60_000), abort.signal)
      .then((answer) => {
        trail.value = (answer.fixes ?? []).flatMap(pointOf).sort((a, b) => a.time - b.time)
      })
      .catch(() => undefined) // the trail then begins with what the live line brings
    return () => abort.abort()
  })
  const stopExtending = effect(() => {
    fleet.version.value
    const slot = selected.value === null ? -1 : fleet.slot(selected.value)
    if (slot < 0) return
    const usable = fleet.located(slot) && !fleet.approximate(slot)
    const points = untracked(() => trail.value)
    trail.value = extend(points, usable ? livePoint(slot) : null, fleet.serverNow())
  })
  return () => {
    stopLoading()
    stopExtending()
    trail.value = []
  }
}
