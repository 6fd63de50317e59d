// What trackers can speak here, and what is done with it.
import { answer, type Schemas } from './client'
import { newKey } from './key'

export type Protocol = Schemas['ProtocolShown']
export type CommandBody = Schemas['CommandInputBody']
export type CommandKind = CommandBody['kind']
export type CommandAnswer = Schemas['Command']
export type Trial = Schemas['FitAnswer']
export type TrialBody = Schemas['FitInputBody']
export type Misread = Schemas['Misread']

let known: Promise<Protocol[]> | null = null

// readProtocols asks once: they change only with the server.
export function readProtocols(): Promise<Protocol[]> {
  known ??= answer('get', '/api/protocols').then(
    ({ items }) => items,
    (error: unknown) => {
      known = null
      throw error
    },
  )
  return known
}

export const sendCommand = (device: number, body: CommandBody): Promise<CommandAnswer> =>
  answer('post', '/api/devices/{id}/commands', { path: { id: device }, body, key: newKey() })

export const tryProfile = (device: number, body: TrialBody, signal: AbortSignal): Promise<Trial> =>
  answer('post', '/api/devices/{id}/profile/test', { path: { id: device }, body, signal })

export const readMisreads = (search: string, after: string, signal: AbortSignal) =>
  answer('get', '/api/misreads', {
    query: { limit: 100, ...(search && { search }), ...(after && { after }) },
    signal,
  })

export const replayMisreads = (ids?: number[]) =>
  answer('post', '/api/misreads/replay', { body: ids ? { ids } : {} })

export const forgetMisread = (id: number) => answer('delete', '/api/misreads/{id}', { path: { id } })
