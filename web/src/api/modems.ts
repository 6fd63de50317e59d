// The modems with which the server sends SMS, as the API tells of them.
import { answer, type Schemas } from './client'

export type Modem = Schemas['ShownModem']
export type Phase = Modem['phase']
export type Point = Schemas['ModemPoint']
export type Counted = keyof Modem['counters']

export const spans: readonly Counted[] = ['minute', 'hour', 'day', 'month', 'recipients']

export const readModems = async (signal?: AbortSignal) =>
  (await answer('get', '/api/modems', { signal })).modems

export const readModem = (name: string, signal: AbortSignal) =>
  answer('get', '/api/modems/{name}', { path: { name }, signal })

export const readModemHistory = async (name: string, from: number, to: number, signal: AbortSignal) => {
  const query = { from: new Date(from).toISOString(), to: new Date(to).toISOString() }
  return (await answer('get', '/api/modems/{name}/history', { path: { name }, query, signal })).points
}

export const askNetwork = (name: string, code: string) =>
  answer('post', '/api/modems/{name}/ussd', { path: { name }, body: { code } })
export const resetModem = (name: string) => answer('post', '/api/modems/{name}/reset', { path: { name } })
export const pauseModem = (name: string, paused: boolean) =>
  answer('post', '/api/modems/{name}/pause', { path: { name }, body: { paused } })
