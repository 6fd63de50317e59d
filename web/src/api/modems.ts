// The modems with which the server sends SMS, as the API tells of them.
import { call } from './call'
import { address } from './client'

export const phases = [
  ...(['ready', 'degraded', 'blocked', 'barred', 'paused', 'absent', 'opening', 'probing'] as const),
  ...(['pin', 'registering', 'hung', 'sim_error', 'puk'] as const),
]
export type Phase = (typeof phases)[number]

export const spans = ['minute', 'hour', 'day', 'month', 'recipients'] as const
export type Counted = (typeof spans)[number]

export interface Modem {
  name: string
  url: string
  phase: Phase
  reason: string
  since: string | null
  manufacturer: string
  model: string
  firmware: string
  imei: string
  iccid: string
  imsi: string
  msisdn: string
  smsc: string
  pin_retries: number | null
  registration: 'home' | 'roaming' | 'searching' | 'denied' | 'none' | ''
  operator: string
  plmn: string
  access: string
  signal_dbm: number | null
  signal_percent: number | null
  temperature: number | null
  storage_used: number
  storage_size: number
  balance: number | null
  balance_low: boolean
  balance_text: string
  currency: string
  balance_at: string | null
  sent: number
  failed: number
  unknown: number
  received: number
  restarts: number
  last_error: string
  queue: number
  paused: boolean
  counters: Record<Counted, number>
  limits: Partial<Record<Counted, number>> // 0 or absent: none
}

export interface Point {
  time: string
  phase: Phase
  reason: string
  signal_dbm: number | null
  temperature_c: number | null
  balance: number | null
}

const path = (name: string, rest = '') => `/api/modems/${encodeURIComponent(name)}${rest}`

export const readModems = async (signal?: AbortSignal) =>
  (await call<{ modems: Modem[] | null }>('GET', '/api/modems', undefined, { signal })).modems ?? []

export const readModem = (name: string, signal: AbortSignal) =>
  call<Modem>('GET', path(name), undefined, { signal })

export const readModemHistory = async (name: string, from: number, to: number, signal: AbortSignal) => {
  const span = { from: new Date(from).toISOString(), to: new Date(to).toISOString() }
  const url = address(path(name, '/history'), {}, span)
  return (await call<{ points: Point[] | null }>('GET', url, undefined, { signal })).points ?? []
}

export const askNetwork = (name: string, code: string) =>
  call<{ text: string }>('POST', path(name, '/ussd'), { code })
export const resetModem = (name: string) => call<void>('POST', path(name, '/reset'))
export const pauseModem = (name: string, paused: boolean) =>
  call<void>('POST', path(name, '/pause'), { paused })
