// The trips and stops of a day, from the states that the server tells of.
import { minute } from './zone'

export type DayState = 'moving' | 'idle' | 'stopped' | 'silent'

export interface DayPlace {
  latitude: number
  longitude: number
  place: string // "4 km NE of Melun, FR", '' if unknown
}

export interface DaySegment {
  state: DayState
  from: string
  to: string
  distance_m: number
  max_speed_kmh: number
  start: DayPlace | null
  end: DayPlace | null
}

export interface Day {
  vehicle: number
  from: string
  to: string
  fixes: number
  distance_m: number
  moving_s: number
  idle_s: number
  stopped_s: number
  silent_s: number
  max_speed_kmh: number
  segments: DaySegment[] | null
}

// Span is a stretch of the timeline's bar.
export interface Span {
  state: DayState
  from: number // ms since 1970
  to: number
}

export interface Leg {
  kind: 'trip' | 'stop' | 'silence'
  number: number // of a stop, from 1; 0 of others
  from: number // ms since 1970
  to: number
  idle: number // ms with the engine on while standing
  distance: number // m
  fastest: number // km/h
  start: DayPlace | null
  end: DayPlace | null
}

export const shortHalt = 2 * minute // a shorter one, at lights or in a jam, belongs to the trip

export function spansOf(day: Day): Span[] {
  return (day.segments ?? []).map(({ state, from, to }) => ({
    state,
    from: Date.parse(from),
    to: Date.parse(to),
  }))
}

// legsOf makes what people call trips and stops: standing with and without the engine on is one stop, a short halt
// is part of the trip, and a silence before the first and after the last report is none.
export function legsOf(day: Day): Leg[] {
  const legs: Leg[] = []
  for (const leg of trimmed(day.segments ?? []).map(legOf)) {
    const last = legs.at(-1)
    if (last && last.kind === leg.kind) join(last, leg)
    else legs.push(leg)
  }
  const merged: Leg[] = []
  legs.forEach((leg, n) => {
    const last = merged.at(-1)
    const halt = leg.kind === 'stop' && leg.to - leg.from < shortHalt
    const onTheWay = halt && last?.kind === 'trip' && legs[n + 1]?.kind === 'trip'
    if (last && (onTheWay || last.kind === leg.kind)) join(last, leg)
    else merged.push(leg)
  })
  let stops = 0
  for (const leg of merged) if (leg.kind === 'stop') leg.number = ++stops
  return merged
}

function trimmed(segments: DaySegment[]): DaySegment[] {
  let [first, end] = [0, segments.length]
  while (first < end && segments[first]!.state === 'silent') first++
  while (end > first && segments[end - 1]!.state === 'silent') end--
  return segments.slice(first, end)
}

const kinds = { moving: 'trip', idle: 'stop', stopped: 'stop', silent: 'silence' } as const

function legOf(segment: DaySegment): Leg {
  const [from, to] = [Date.parse(segment.from), Date.parse(segment.to)]
  return {
    kind: kinds[segment.state],
    number: 0,
    from,
    to,
    idle: segment.state === 'idle' ? to - from : 0,
    distance: segment.distance_m,
    fastest: segment.max_speed_kmh,
    start: segment.start,
    end: segment.end,
  }
}

function join(leg: Leg, next: Leg): void {
  leg.to = next.to
  leg.idle += next.idle
  leg.distance += next.distance
  leg.fastest = Math.max(leg.fastest, next.fastest)
  leg.start ??= next.start
  leg.end = next.end ?? leg.end
}

// legAt is the index of the leg in which a time lies, -1 outside of all.
export function legAt(legs: Leg[], time: number): number {
  return legs.findIndex(
    (leg, n) => time >= leg.from && (time < leg.to || (n === legs.length - 1 && time <= leg.to)),
  )
}
