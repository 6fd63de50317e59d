// The SIMs of the vehicles and of the modems, and the SMS whose senders nobody knows.
import { answer, type Schemas } from './client'
import { newKey } from './key'

export type SIM = Schemas['Sim']
export type SIMState = SIM['state']
export type SIMAlarm = SIM['alarms'][number]
// SIMBody is what may be told of a SIM; a new one needs its ICCID.
export type SIMBody = Schemas['SimChangeInputBody'] & { iccid?: string }
export type UsageDay = Schemas['SimDay']
export type Message = Schemas['TextMessage']

export const simStates: readonly SIMState[] = ['active', 'stock', 'suspended', 'ended']

interface Query {
  search?: string
  alarms?: boolean
  after?: string | undefined
  limit?: number
}

export const readSims = ({ search, alarms, after, limit = 1000 }: Query, signal: AbortSignal) =>
  answer('get', '/api/sims', {
    query: { limit, ...(search && { search }), ...(alarms && { alarms }), ...(after && { after }) },
    signal,
  })

export const readSim = (id: number, signal: AbortSignal) =>
  answer('get', '/api/sims/{id}', { path: { id }, signal })

export const readUsage = async (id: number, from: string, to: string, signal: AbortSignal) =>
  (await answer('get', '/api/sims/{id}/usage', { path: { id }, query: { from, to }, signal })).days

export const addSim = (body: Schemas['NewSIMInputBody']) =>
  answer('post', '/api/sims', { body, key: newKey() })
export const changeSim = ({ id, revision }: SIM, body: SIMBody) =>
  answer('patch', '/api/sims/{id}', { path: { id }, body, ifMatch: `"${revision}"` })
export const removeSim = (id: number) => answer('delete', '/api/sims/{id}', { path: { id } })
export const restoreSim = (id: number) => answer('post', '/api/sims/{id}/restore', { path: { id } })

// acceptSim makes the device in which a SIM was seen the one it should be in.
export const acceptSim = (id: number, device: number) =>
  answer('post', '/api/sims/{id}/accept', { path: { id }, body: { device_id: device } })

// readQuarantine gives those that nobody has looked after.
export const readQuarantine = (after: string, signal: AbortSignal) =>
  answer('get', '/api/messages', {
    query: { quarantined: true, limit: 100, ...(after && { after }) },
    signal,
  })

export const markSeen = (id: number) => answer('post', '/api/messages/{id}/seen', { path: { id } })
