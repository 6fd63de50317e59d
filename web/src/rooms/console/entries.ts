// The console's lines: those read are joined by id, and what belongs to one command is shown once.
import type { Command, Entry, Target } from '../../api/console'
import type { Value } from '../../format'

// merge puts fresh entries over those known, oldest first. What was typed but is not known to the server yet (a local
// entry) stays until it is dropped.
export function merge(known: readonly Entry[], fresh: readonly Entry[]): Entry[] {
  const byId = new Map(known.map((e) => [e.id, e]))
  for (const entry of fresh) byId.set(entry.id, entry)
  return [...byId.values()].sort((a, b) => at(a) - at(b) || order(a) - order(b))
}

const at = (e: Entry): number => new Date(e.time).getTime()
const order = (e: Entry): number => Number(e.id.slice(1))

// shown leaves out what another line tells: the SMS that carried a command, and a command's answer if its SMS is there.
export function shown(entries: readonly Entry[]): Entry[] {
  const commands = new Map(entries.filter((e) => e.kind === 'command').map((e) => [e.id, e]))
  const answers = new Set(
    entries.filter((e) => e.direction === 'in' && e.command_id).map((e) => e.command_id),
  )
  return entries
    .filter((e) => e.kind !== 'sms' || e.direction !== 'out' || !commands.has(`c${e.command_id}`))
    .map((e) => {
      if (e.kind === 'command' && answers.has(Number(e.id.slice(1))))
        return { ...e, answer: null, parsed: null }
      if (e.direction !== 'in' || e.parsed || !e.command_id) return e
      return { ...e, parsed: commands.get(`c${e.command_id}`)?.parsed ?? null }
    })
}

// local is the line of a command that the server has not taken yet.
export function local(n: number, time: number, text: string, vehicle: number | null, name: string): Entry {
  return {
    id: `l${n}`,
    time: new Date(time).toISOString(),
    vehicle_id: vehicle,
    vehicle: name,
    direction: 'out',
    kind: 'command',
    text,
    line: null,
    state: 'sending',
    reason: '',
    answer: null,
    parsed: null,
    by: null,
    modem: null,
    command_id: null,
  }
}

// entryOf is a command, as the answer to sending it tells it, as a line.
export function entryOf(command: Command, vehicle: string): Entry {
  const { id, created, vehicle_id, words, line, state, reason, answer, parsed, user } = command
  return {
    ...local(id, Date.parse(created), words, vehicle_id, vehicle),
    ...{ id: `c${id}`, line, state, reason, answer, parsed: parsed as Value, by: user },
  }
}

export interface Place {
  latitude: number
  longitude: number
  speed?: number // km/h
}

type Tree = { [name: string]: Value }
const tree = (v: Value | undefined): Tree | null =>
  typeof v === 'object' && v !== null && !Array.isArray(v) ? v : null

// placeOf finds the position that was read from an answer, if there is one.
export function placeOf(parsed: Value): Place | null {
  const said = tree(parsed)
  if (!said) return null
  const inner = [said, said.position, Array.isArray(said.positions) ? said.positions[0] : null]
  for (const one of inner.map(tree)) {
    const { latitude, longitude, speed_kmh: speed } = one ?? {}
    if (typeof latitude !== 'number' || typeof longitude !== 'number') continue
    return { latitude, longitude, ...(typeof speed === 'number' && { speed }) }
  }
  return null
}

const placeNames = ['latitude', 'longitude', 'speed_kmh', 'position', 'positions', 'time', 'valid']

// factsOf is what else was read from it, such as the battery's state, in the order in which it was said.
export function factsOf(parsed: Value): [name: string, value: Value][] {
  return Object.entries(tree(parsed) ?? {}).flatMap(([name, value]) => {
    if (name === 'values' || name === 'attributes') return factsOf(value)
    return placeNames.includes(name) || value === null || typeof value === 'object' ? [] : [[name, value]]
  })
}

// targetKey tells whose lines they are.
export const targetKey = (target: Target | null): string =>
  target === null ? 'all' : 'vehicle' in target ? `v${target.vehicle}` : `g${target.group}`
