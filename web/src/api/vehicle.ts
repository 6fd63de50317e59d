// What the API says of one vehicle, besides what the live line brings.
import type { Value } from '../format'
import { answer, type Schemas } from './client'
import type { Fix } from './index'

export type Day = Schemas['Day']
export type Motion = Day['segments'][number]['state']
export type VehicleEvent = Schemas['Event']
export type Link = Schemas['NewLink']

// WholeFix is a fix with all that its tracker said.
export interface WholeFix extends Fix {
  flags?: string[] | null
  attributes?: Record<string, Value> | null
  [name: string]: Value | string[] | undefined
}

// Frame is one that streams from a device: what it is stands in docs/api.md.
export interface Frame {
  time: string
  direction: 'in' | 'out'
  transport: string
  hex: string
  message: Value
  error?: string | null
}

const iso = (ms: number): string => new Date(ms).toISOString()

export const readDay = (id: number, from: number, to: number, signal: AbortSignal) =>
  answer('get', '/api/vehicles/{id}/day', { path: { id }, query: { from: iso(from), to: iso(to) }, signal })

export const readEvents = (id: number, limit: number, signal: AbortSignal, after = '') =>
  answer('get', '/api/vehicles/{id}/events', {
    path: { id },
    query: { limit, ...(after && { after }) },
    signal,
  })

export async function readFixes(id: number, from: number, to: number, limit: number, signal: AbortSignal) {
  const query = { from: iso(from), to: iso(to), limit }
  const { fixes } = await answer('get', '/api/vehicles/{id}/fixes', { path: { id }, query, signal })
  return fixes as WholeFix[]
}

export const framesUrl = (device: number): string => `/api/devices/${device}/frames`

export const shareVehicle = (vehicle: number, expires: number, name: string) =>
  answer('post', '/api/links', {
    body: { vehicle_id: vehicle, expires: iso(expires), ...(name && { name }) },
  })
