// Commands on their way over whatever line, and the log in which they and the SMS stand.
import type { Value } from '../format'
import { answer, type Schemas } from './client'
import { newKey } from './key'
import type { CommandBody } from './protocols'

export type Command = Schemas['Command']
export type CommandState = Command['state']
export type Line = NonNullable<Command['line']>
export type Wish = Command['wish']
// Entry is one line of a console: a command, or an SMS that is not one's vehicle.
export type Entry = Omit<Schemas['ConsoleEntry'], 'parsed'> & { parsed: Value } // any JSON
export type EntryState = Entry['state']
export type Template = Schemas['TemplateShown']
// Offer is what can be told to a device, and over which lines.
export type Offer = Schemas['Offer']
export type Batch = Schemas['BatchShown']
export type CommandRequest = Omit<CommandBody, 'wait_s'>

export const lines: readonly Line[] = ['data', 'sms', 'wake', 'login']

export const commandStates: readonly CommandState[] = [
  ...(['queued', 'waking', 'sending', 'sent', 'delivered', 'answered'] as const),
  ...(['refused', 'failed', 'expired', 'unknown', 'cancelled'] as const),
]

export type Target = { vehicle: number } | { group: number }

// Plan is the answer of a dry run, which has no batch; its cost is null where the price of an SMS is not known.
type Answered = Schemas['GroupCommandAnswer']
type Planned = Omit<Answered, 'batch_id' | 'commands' | 'cost'>
export type Plan = { [K in keyof Planned]: NonNullable<Planned[K]> } & Pick<Answered, 'cost'>

export async function readConsole(target: Target | null, before: string, signal: AbortSignal) {
  const query = { limit: 100, ...aim(target), ...(before && { before }) }
  return (await answer('get', '/api/console', { query, signal })) as { entries: Entry[]; next: string | null }
}

const aim = (target: Target | null) =>
  target && ('vehicle' in target ? { vehicle_id: target.vehicle } : { group_id: target.group })

export const readOffer = (device: number, signal: AbortSignal) =>
  answer('get', '/api/devices/{id}/commands', { path: { id: device }, signal })

// send gives the command as far as it has come at once: its further states stand in the console.
export const send = (device: number, body: CommandRequest) =>
  answer('post', '/api/devices/{id}/commands', {
    path: { id: device },
    body: { wait_s: 1, ...body },
    key: newKey(),
  })

export const cancel = (command: number) => answer('delete', '/api/commands/{id}', { path: { id: command } })

export const planGroup = async (group: number, body: CommandRequest) =>
  (await answer('post', '/api/commands/group', { body: { group_id: group, ...body, dry_run: true } })) as Plan

// sendGroup gives the batch that the commands stand in.
export const sendGroup = async (group: number, body: CommandRequest) =>
  (await answer('post', '/api/commands/group', { body: { group_id: group, ...body }, key: newKey() }))
    .batch_id as number

export const readBatch = (id: number, signal: AbortSignal) =>
  answer('get', '/api/commands/batches/{id}', { path: { id }, signal })

export const cancelBatch = (id: number) => answer('delete', '/api/commands/batches/{id}', { path: { id } })
