import type { Value } from './format'
import { words } from './words'

export interface User {
  id: number
  email: string
  name: string
  role: 'admin' | 'dispatcher' | 'viewer'
  organization: { id: number; name: string }
}

export interface Device {
  id: number
  identity: string
  protocol: string | null
  model: string | null
  disabled: boolean
}

export interface Fix {
  time: string | null
  received?: string
  valid: boolean
  latitude: number | null
  longitude: number | null
  speed_kmh?: number
  course_deg?: number
}

export interface VehicleDetail {
  id: number
  name: string
  plate: string | null
  group: string | null
  device: Device | null
  last: Fix | null
  values: { name: string; value: Value; time: string }[] | null
  motion?: { state: 'moving' | 'idle' | 'stopped' | 'unknown'; since: string | null } | null
}

export interface Knock {
  id: number
  protocol: string
  identity: string
  address: string
  first: string
  last: string
  count: number
  reason: string
}

export interface NewDevice {
  identity: string
  name?: string
  plate?: string
  protocol?: string
}

export interface ServerInfo {
  version: string
  protocols: { name: string; port: number }[]
}

// Problem is an answer that was not a success, in words for people. status 0 means that none came.
export class Problem extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly retryAfter = 0, // s
  ) {
    super(message)
  }
}

let onSignedOut = () => {}

// whenSignedOut sets what is done when the server no longer knows the session.
export function whenSignedOut(then: () => void): void {
  onSignedOut = then
}

async function call<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const init: RequestInit = { method, headers: { Accept: 'application/json' }, signal: signal ?? null }
  if (body !== undefined) {
    init.body = JSON.stringify(body)
    init.headers = { Accept: 'application/json', 'Content-Type': 'application/json' }
  }
  const response = await fetch(path, init).catch((error: unknown) => {
    if (signal?.aborted) throw error
    throw new Problem(0, words.errors.unreachable)
  })
  if (!response.ok) throw await problemOf(response, path)
  return response.status === 204 ? (undefined as T) : await response.json()
}

async function problemOf(response: Response, path: string): Promise<Problem> {
  const { status } = response
  const retryAfter = Number(response.headers.get('Retry-After')) || 0
  if (status === 401 && path !== '/api/session') onSignedOut()
  const said = await response.json().catch(() => null)
  const first = said?.errors?.[0]?.message
  let text: string = first ?? said?.detail ?? words.errors.server(status)
  if (status === 403) text = words.errors.forbidden
  else if (status === 404) text = words.errors.gone
  else if (status >= 500) text = words.errors.server(status)
  return new Problem(status, text.charAt(0).toUpperCase() + text.slice(1), retryAfter)
}

export const api = {
  session: () => call<{ user: User }>('GET', '/api/session'),
  signIn: (email: string, password: string) =>
    call<{ user: User }>('POST', '/api/session', { email, password }),
  signOut: () => call<void>('DELETE', '/api/session'),
  vehicle: (id: number, signal: AbortSignal) =>
    call<VehicleDetail>('GET', `/api/vehicles/${id}`, undefined, signal),
  fixes: (id: number, from: Date, to: Date, signal: AbortSignal) => {
    const span = new URLSearchParams({ from: from.toISOString(), to: to.toISOString(), limit: '4000' })
    return call<{ fixes: Fix[] | null }>('GET', `/api/vehicles/${id}/fixes?${span}`, undefined, signal)
  },
  addDevice: (device: NewDevice) => call<Device>('POST', '/api/devices', device),
  knocks: () => call<{ items: Knock[] | null }>('GET', '/api/knocks'),
  adopt: (id: number, name: string) => call<Device>('POST', `/api/knocks/${id}/adopt`, name ? { name } : {}),
  server: () => call<ServerInfo>('GET', '/api/server'),
}
