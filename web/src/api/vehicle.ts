// What the API says of one vehicle, besides what the live line brings.
import type { Value } from '../format'
import { call, Problem } from './call'
import type { Fix } from './index'

export type Motion = 'moving' | 'idle' | 'stopped' | 'silent'

export interface Day {
  fixes: number
  distance_m: number
  moving_s: number
  idle_s: number
  stopped_s: number
  silent_s: number
  max_speed_kmh: number | null
  segments: { state: Motion; from: string; to: string; distance_m: number }[] | null
}

export interface VehicleEvent {
  id: number
  time: string
  kind: string
  text: string
}

export interface WholeFix extends Fix {
  flags?: string[] | null
  attributes?: Record<string, Value> | null
  [name: string]: Value | string[] | undefined
}

export interface Frame {
  time: string
  direction: 'in' | 'out'
  transport: string
  hex: string
  message: Value
  error?: string | null
}

export interface Link {
  id: number
  url: string
  expires: string
}

// absent gives null instead of an answer that a server of before does not have.
function absent(error: unknown): null {
  if (error instanceof Problem && (error.status === 404 || error.status === 405)) return null
  throw error
}

function get<T>(path: string, signal: AbortSignal): Promise<T> {
  return call<T>('GET', path, undefined, { signal })
}

const iso = (ms: number): string => new Date(ms).toISOString()

export const readDay = (id: number, from: number, to: number, signal: AbortSignal) =>
  get<Day>(`/api/vehicles/${id}/day?from=${iso(from)}&to=${iso(to)}`, signal).catch(absent)

export const readEvents = (id: number, limit: number, signal: AbortSignal, after = '') =>
  get<{ items: VehicleEvent[] | null; next: string | null }>(
    `/api/vehicles/${id}/events?limit=${limit}${after && `&after=${encodeURIComponent(after)}`}`,
    signal,
  ).catch(absent)

export async function readFixes(id: number, from: number, to: number, limit: number, signal: AbortSignal) {
  const span = `from=${iso(from)}&to=${iso(to)}&limit=${limit}`
  return get<{ fixes: WholeFix[] | null }>(`/api/vehicles/${id}/fixes?${span}`, signal)
}

export const framesUrl = (device: number): string => `/api/devices/${device}/frames`

export const shareVehicle = (vehicle: number, expires: number, name: string) =>
  call<Link>('POST', '/api/links', { vehicle_id: vehicle, expires: iso(expires), ...(name && { name }) })
