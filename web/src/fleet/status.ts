// What a vehicle is shown as: one shape and one colour each, in the order of the palette.
import { alarmFlag, stateMask } from '../live/frame'

export const Status = { Moving: 0, Idle: 1, Stopped: 2, Offline: 3, Alarm: 4, Nowhere: 5 } as const
export type Status = (typeof Status)[keyof typeof Status]

export const statusKeys = ['moving', 'idle', 'stopped', 'offline', 'alarm', 'nowhere'] as const
export type StatusKey = (typeof statusKeys)[number]

// What a vehicle counts as. Each counts once, so that the counters add up to the fleet: as an alarm before all else,
// then by how long it has been silent, then by whether it knows where it is, then by what it does. Stale is silent
// for longer than is usual for it. Nowhere has no satellites: its place is unknown, old or only near.
export const Kind = { ...Status, Stale: 6 } as const
export type Kind = (typeof Kind)[keyof typeof Kind]

export const kindKeys = [...statusKeys, 'stale'] as const
export type KindKey = (typeof kindKeys)[number]

// The order of the counters.
export const kinds: readonly Kind[] = [
  ...[Kind.Moving, Kind.Idle, Kind.Stopped, Kind.Nowhere],
  ...[Kind.Stale, Kind.Offline, Kind.Alarm],
]

// In a list sorted by state, what needs eyes comes first: alarms, then what moves. By Kind.
export const kindRank = [1, 2, 3, 6, 0, 5, 4] as const

export const staleAfter = 5 * 60 // s; or twice the vehicle's reporting interval, if that is longer
export const offlineAfter = 30 * 60 // s

export function kindOf(status: Status, stale: boolean, approximate: boolean): Kind {
  if (status === Status.Alarm || status === Status.Offline || status === Status.Nowhere) return status
  if (stale) return Kind.Stale
  return approximate ? Kind.Nowhere : status
}

const states: Record<number, Status> = { 1: Status.Moving, 2: Status.Idle, 3: Status.Stopped }

// statusOf is what a vehicle is shown as, from its state in the frame and the age of its fix in s.
export function statusOf(state: number, age: number): Status {
  if (state & alarmFlag) return Status.Alarm
  const shown = states[state & stateMask]
  if (shown === undefined) return Status.Nowhere
  return age > offlineAfter ? Status.Offline : shown
}
