// Commands to trackers: what each kind asks for, which are asked about first, and what went wrong in plain words.
import type { Problem } from './api'
import type { CommandBody, CommandKind } from './api/protocols'

export const commandKinds: readonly CommandKind[] = [
  ...([
    'locate',
    'interval',
    'output',
    'immobilise',
    'release',
    'reboot',
    'server',
    'apn',
    'custom',
  ] as const),
]

export type CommandField = Exclude<
  keyof CommandBody,
  'kind' | 'wait_s' | 'line' | 'ttl_s' | 'confirmed' | 'override_speed' | '$schema'
>

const fields: Record<CommandKind, CommandField[]> = {
  custom: ['text'],
  locate: [],
  interval: ['every_s'],
  output: ['output', 'on'],
  immobilise: [],
  release: [],
  reboot: [],
  server: ['host', 'port'],
  apn: ['apn', 'user', 'secret'],
}

export const fieldsOf = (kind: CommandKind): CommandField[] => fields[kind]

const risky: ReadonlySet<CommandKind> = new Set(['immobilise', 'output', 'reboot'])

// isRisky tells which kinds are only sent after a question that names the vehicle.
export const isRisky = (kind: CommandKind): boolean => risky.has(kind)

const figures: ReadonlySet<CommandField> = new Set(['every_s', 'output', 'port'])

// commandBody is a filled form as the API takes it: only what its kind asks for, and nothing that is empty.
export function commandBody(kind: CommandKind, entry: (field: CommandField) => string): CommandBody {
  const body: Record<string, unknown> = { kind }
  for (const field of fields[kind]) {
    const value = entry(field)
    if (field === 'on') body[field] = value === 'on'
    else if (value.trim() !== '') body[field] = figures.has(field) ? Number(value) : value
  }
  return body as CommandBody
}

// offeredKinds keeps the page's order: what is asked for most comes first.
export function offeredKinds(of: readonly string[] | null): CommandKind[] {
  return commandKinds.filter((kind) => of === null || of.includes(kind))
}

export type Trouble = 'noLine' | 'busy' | null

// troubleOf tells the two refusals that pass by themselves from all others.
export function troubleOf({ status, message }: Pick<Problem, 'status' | 'message'>): Trouble {
  if (status !== 409) return null
  if (/no open line/i.test(message)) return 'noLine'
  return /too many commands/i.test(message) ? 'busy' : null
}
