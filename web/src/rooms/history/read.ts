// What the room asks the server.
import { call, Problem } from '../../api'
import { words } from '../../words'
import type { Day } from './segments'
import type { SaidFix } from './track'

export interface ListedVehicle {
  id: number
  name: string
  plate: string | null
  last?: { time: string | null } | null
}

export interface PlayAnswer {
  vehicles: {
    id: number
    time_s: number[] // after from
    latitude: number[]
    longitude: number[]
    speed_kmh: (number | null)[]
    course_deg: (number | null)[]
  }[]
}

export interface AtAnswer {
  items: { vehicle: number | null; age_s: number; fix: SaidFix }[]
}

export interface Visit {
  id: number
  name: string
  first: string
  last: string
  fixes: number
}

const iso = (ms: number): string => new Date(Math.round(ms)).toISOString()
const between = (from: number, to: number): string => `from=${iso(from)}&to=${iso(to)}`

function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return call<T>('GET', path, undefined, { signal })
}

export const readDay = (id: number, from: number, to: number, signal: AbortSignal): Promise<Day> =>
  get(`/api/vehicles/${id}/day?${between(from, to)}`, signal)

export const readVehicle = (id: number, signal?: AbortSignal): Promise<ListedVehicle> =>
  get(`/api/vehicles/${id}`, signal)

export function findVehicles(search: string, limit: number, after: string, signal?: AbortSignal) {
  const query = new URLSearchParams({ limit: String(limit) })
  if (search) query.set('search', search)
  if (after) query.set('after', after)
  return get<{ items: ListedVehicle[] | null; next: string | null }>(`/api/vehicles?${query}`, signal)
}

export const readAt = (time: number, signal: AbortSignal): Promise<AtAnswer> =>
  get(`/api/fixes/at?time=${iso(time)}`, signal)

export function readPlay(ids: number[], from: number, to: number, step: number, signal: AbortSignal) {
  const named = ids.length > 0 ? `&vehicle=${ids.join(',')}` : ''
  return get<PlayAnswer>(`/api/fixes/play?${between(from, to)}${named}&step=${step}`, signal)
}

export function readWithin(ring: [number, number][], from: number, to: number) {
  const polygon = { type: 'Polygon', coordinates: [ring] }
  return call<{ vehicles: Visit[] | null }>('POST', '/api/fixes/within', {
    polygon,
    from: iso(from),
    to: iso(to),
  })
}

export const formats = ['gpx', 'geojson', 'kml', 'csv'] as const

export const exportUrl = (id: number, from: number, to: number, format: (typeof formats)[number]): string =>
  `/api/vehicles/${id}/fixes?${between(from, to)}&format=${format}`

// tracksUrl is the address of the tiles of tracks, with {z}, {x} and {y} left to fill in.
export function tracksUrl(ids: number[], from: number, to: number): string {
  const named = ids.length > 0 ? `&vehicle=${ids.join(',')}` : ''
  return `${location.origin}/api/tracks/{z}/{x}/{y}?${between(from, to)}${named}`
}

export const mostFixes = 200_000 // that the page reads of one vehicle

// readFixes reads the fixes of a vehicle and tells meanwhile how many have come.
export async function readFixes(
  id: number,
  from: number,
  to: number,
  signal: AbortSignal,
  come: (fixes: number) => void,
): Promise<SaidFix[]> {
  const path = `/api/vehicles/${id}/fixes?${between(from, to)}&limit=${mostFixes}`
  try {
    const response = await fetch(path, { headers: { Accept: 'application/json' }, signal })
    if (!response.ok || !response.body) return (await get<{ fixes: SaidFix[] }>(path, signal)).fixes
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    const parts: string[] = []
    let fixes = 0
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      parts.push(value)
      fixes += value.split('\n').length - 1 // the server writes a fix a line
      come(fixes)
    }
    return (JSON.parse(parts.join('')) as { fixes: SaidFix[] | null }).fixes ?? []
  } catch (error) {
    if (signal.aborted || error instanceof Problem) throw error
    throw new Problem(0, words.errors.unreachable)
  }
}
