// The SIMs of the vehicles and of the modems, and the SMS whose senders nobody knows.
import { call } from './call'
import { address } from './client'
import { newKey } from './key'

export const simStates = ['active', 'stock', 'suspended', 'ended'] as const
export type SIMState = (typeof simStates)[number]

export type SIMAlarm = 'swap' | 'elsewhere' | 'msisdn' | 'budget_bytes' | 'budget_messages'

export interface Carried {
  bytes_in: number
  bytes_out: number
  frames: number
  sms_in: number
  sms_out: number
}

export interface Sighting {
  device_id: number
  vehicle: string // '' in none
  first: string
  last: string
}

export interface Instead {
  sim_id: number | null // null: it is not in the inventory
  iccid: string // '' if the device does not say it, as the IMSI
  imsi: string
  first: string
}

export interface SIM {
  id: number
  iccid: string
  imsi: string
  msisdn: string
  operator: string
  apn: string
  plan: string
  state: SIMState
  has_pin: boolean
  device_id: number | null
  vehicle_id: number | null
  vehicle: string | null
  modem: string | null
  budget_bytes: number | null
  budget_messages: number | null
  note: string
  month: Carried
  alarms: SIMAlarm[] | null
  seen_in: Sighting[] | null
  instead: Instead | null // what its device reports in its place
  revision: number
}

export type UsageDay = Carried & { day: string }

export interface Query {
  search?: string
  alarms?: true | undefined
  after?: string | undefined
  limit?: number
}

export const readSims = (query: Query, signal: AbortSignal) =>
  call<{ items: SIM[] | null; next: string | null }>(
    'GET',
    address('/api/sims', {}, { limit: 1000, ...query, search: query.search || undefined }),
    undefined,
    { signal },
  )

export const readSim = (id: number, signal: AbortSignal) =>
  call<SIM>('GET', `/api/sims/${id}`, undefined, { signal })

export const readUsage = async (id: number, from: string, to: string, signal: AbortSignal) => {
  const url = address(`/api/sims/${id}/usage`, {}, { from, to })
  return (await call<{ days: UsageDay[] | null }>('GET', url, undefined, { signal })).days ?? []
}

export const addSim = (body: object) => call<SIM>('POST', '/api/sims', body, { key: newKey() })
export const changeSim = (sim: SIM, body: object) =>
  call<SIM>('PATCH', `/api/sims/${sim.id}`, body, { ifMatch: `"${sim.revision}"` })
export const removeSim = (id: number) => call<void>('DELETE', `/api/sims/${id}`)
export const restoreSim = (id: number) => call<SIM>('POST', `/api/sims/${id}/restore`)

// acceptSim makes the device in which a SIM was seen the one it should be in.
export const acceptSim = (id: number, device: number) =>
  call<SIM>('POST', `/api/sims/${id}/accept`, { device_id: device })

export interface Message {
  id: number
  direction: 'in' | 'out'
  peer: string
  text: string
  data: string | null // as hex, of one without a text
  state: string
  reason: string
  modem: string
  created: string
  sent: string | null
}

// readQuarantine gives those that nobody has looked after.
export const readQuarantine = (after: string, signal: AbortSignal) =>
  call<{ items: Message[] | null; next: string | null }>(
    'GET',
    address('/api/messages', {}, { quarantined: true, limit: 100, after: after || undefined }),
    undefined,
    { signal },
  )

export const markSeen = (id: number) => call<void>('POST', `/api/messages/${id}/seen`)
