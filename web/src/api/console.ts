// Commands on their way over whatever line, and the log in which they and the SMS stand.
import type { Value } from '../format'
import { call } from './call'
import { address } from './client'
import { newKey } from './key'
import type { CommandBody, CommandKind } from './protocols'

export const lines = ['data', 'sms', 'wake', 'login'] as const
export type Line = (typeof lines)[number]
export type Wish = 'auto' | Line

export const commandStates = [
  ...(['queued', 'waking', 'sending', 'sent', 'delivered', 'answered'] as const),
  ...(['refused', 'failed', 'expired', 'unknown', 'cancelled'] as const),
]
export type CommandState = (typeof commandStates)[number]
export type EntryState = CommandState | 'received' | 'quarantined' | 'unreadable'

export interface Command {
  id: number
  device_id: number
  vehicle_id: number | null
  batch_id: number | null
  user: string | null
  kind: CommandKind
  words: string
  dangerous: boolean
  wish: Wish
  line: Line | null
  state: CommandState
  reason: string
  answer: string | null
  parsed: Value
  created: string
  expires: string
}

// Entry is one line of a console: a command, or an SMS that is not one's vehicle.
export interface Entry {
  id: string // c12 of a command, s44 of an SMS
  time: string
  vehicle_id: number | null
  vehicle: string | null
  direction: 'in' | 'out'
  kind: 'command' | 'sms'
  text: string
  line: Line | null
  state: EntryState
  reason: string
  answer: string | null
  parsed: Value
  by: string | null
  modem: string | null
  command_id: number | null
}

export interface Template {
  name: string
  words: string
  kind: CommandKind | null
  help: string
  dangerous: boolean
  placeholders: { name: string; help: string; default: string }[] | null
}

// Offer is what can be told to a device, and over which lines.
export interface Offer {
  data: CommandKind[] | null
  sms: CommandKind[] | null
  online: boolean
  phone: string
  sms_ready: boolean
  reason: string // why SMS is not ready
  cut_speed_kmh: number
  templates: Template[] | null
}

export type CommandRequest = CommandBody & {
  line?: Wish
  ttl_s?: number
  confirmed?: boolean
  override_speed?: boolean
}

export type Target = { vehicle: number } | { group: number }

export interface Plan {
  count: number // that would be sent
  data: number
  sms: number
  wake: number
  login: number
  unreachable: { vehicle_id: number; name: string; reason: string }[] | null
  messages: number
  cost: number | null
  currency: string
  seconds: number
}

export interface Batch {
  id: number
  words: string
  counts: Partial<Record<CommandState, number>>
  cancelled: string | null
}

const get = <T>(path: string, signal?: AbortSignal) => call<T>('GET', path, undefined, { signal })

export const readConsole = (target: Target | null, before: string, signal: AbortSignal) =>
  get<{ entries: Entry[] | null; next: string | null }>(
    address('/api/console', {}, { ...aim(target), before: before || undefined, limit: 100 }),
    signal,
  )

const aim = (target: Target | null) =>
  target && ('vehicle' in target ? { vehicle_id: target.vehicle } : { group_id: target.group })

export const readOffer = (device: number, signal: AbortSignal) =>
  get<Offer>(`/api/devices/${device}/commands`, signal)

// send gives the command as far as it has come at once: its further states stand in the console.
export const send = (device: number, body: CommandRequest) =>
  call<Command>('POST', `/api/devices/${device}/commands`, { wait_s: 1, ...body }, { key: newKey() })

export const cancel = (command: number) => call<void>('DELETE', `/api/commands/${command}`)

export const planGroup = (group: number, body: CommandRequest) =>
  call<Plan>('POST', '/api/commands/group', { group_id: group, ...body, dry_run: true })

export const sendGroup = (group: number, body: CommandRequest) =>
  call<{ batch_id: number; commands: number }>(
    'POST',
    '/api/commands/group',
    { group_id: group, ...body },
    { key: newKey() },
  )

export const readBatch = (id: number, signal: AbortSignal) =>
  get<Batch>(`/api/commands/batches/${id}`, signal)

export const cancelBatch = (id: number) => call<void>('DELETE', `/api/commands/batches/${id}`)
