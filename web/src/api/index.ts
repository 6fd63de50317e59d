import type { Value } from '../format'
import { answer, type Schemas } from './client'

export { type Answer, ask, type CallOptions, call, Problem, whenSignedOut } from './call'
export { answer, request, type Schemas } from './client'

export type User = Schemas['SignedIn']
export type Device = Schemas['Device']
// A fix as the page needs it: lists and histories leave some of it out.
export type Fix = Omit<Schemas['Fix'], 'attributes' | 'flags' | 'received' | 'time'> & {
  received?: string
  time: string | null // null: its tracker did not say
}
export type VehicleDetail = Omit<Schemas['VehicleDetail'], 'last' | 'values'> & {
  last: Fix | null
  values: { name: string; value: Value; time: string }[] | null // any JSON, which the document cannot say
}
export type Knock = Omit<Schemas['Knock'], 'port' | 'reason'> & { port?: number; reason: string }
export type NewDevice = Schemas['NewDeviceInputBody']
export type ServerInfo = Schemas['ServerState']

export const api = {
  session: () => answer('get', '/api/session'),
  signIn: (email: string, password: string, code?: string) =>
    answer('post', '/api/session', { body: { email, password, ...(code && { code }) } }),
  signOut: () => answer('delete', '/api/session'),
  vehicle: async (id: number, signal: AbortSignal) =>
    (await answer('get', '/api/vehicles/{id}', { path: { id }, signal })) as VehicleDetail,
  fixes: (id: number, from: Date, to: Date, signal: AbortSignal) =>
    answer('get', '/api/vehicles/{id}/fixes', {
      path: { id },
      query: { from: from.toISOString(), to: to.toISOString(), limit: 4000 },
      signal,
    }),
  addDevice: (body: NewDevice) => answer('post', '/api/devices', { body }),
  knocks: () => answer('get', '/api/knocks'),
  adopt: (id: number, name: string) =>
    answer('post', '/api/knocks/{id}/adopt', { path: { id }, body: name ? { name } : {} }),
  server: () => answer('get', '/api/server'),
}
