// The way of one vehicle as columns, and where it was at any moment.
import type { Value } from '../../format'

export interface Track {
  id: number
  time: Float64Array // ms since 1970, ascending
  longitude: Float64Array
  latitude: Float64Array
  speed: Float32Array // km/h, NaN where it was not said
  course: Float32Array // °, NaN where it was not said
  values: Map<string, Float64Array> // every number that was said, by its name; NaN where it was not
  gap: number // ms without a fix that count as silence
}

// SaidFix is a fix as the API writes it: numbers stand beside the place, others under attributes.
export interface SaidFix {
  time: string | null
  valid: boolean
  latitude: number | null
  longitude: number | null
  attributes?: Record<string, Value>
  flags?: string[]
  [name: string]: unknown
}

const shortestGap = 5 * 60_000 // ms
const notShown = new Set(['time', 'received', 'latitude', 'longitude', 'course_deg', 'priority'])
const doubtful = new Set(['jump', 'no_time', 'repeated'])

// trackOf makes columns of fixes. What has no place of its own is left out.
export function trackOf(id: number, said: SaidFix[]): Track {
  const times = new Float64Array(said.length)
  said.forEach((fix, i) => {
    const usable = fix.time && fix.valid && fix.latitude !== null && fix.longitude !== null
    times[i] = usable && !fix.flags?.some((f) => doubtful.has(f)) ? Date.parse(fix.time!) : Number.NaN
  })
  const order = Array.from(times.keys()).filter((i) => !Number.isNaN(times[i]!))
  order.sort((a, b) => times[a]! - times[b]!)
  const fixes = order.map((i) => said[i]!)
  const track: Track = {
    id,
    time: Float64Array.from(order, (i) => times[i]!),
    longitude: Float64Array.from(fixes, (f) => f.longitude!),
    latitude: Float64Array.from(fixes, (f) => f.latitude!),
    speed: Float32Array.from(fixes, (f) => numeric(f.speed_kmh)),
    course: Float32Array.from(fixes, (f) => numeric(f.course_deg)),
    values: new Map(),
    gap: 0,
  }
  track.gap = gapOf(track.time)
  fixes.forEach((fix, i) => {
    note(track, fix, i)
    if (fix.attributes) note(track, fix.attributes, i)
  })
  return track
}

function numeric(value: unknown): number {
  if (typeof value === 'boolean') return value ? 1 : 0
  return typeof value === 'number' ? value : Number.NaN
}

function note(track: Track, values: Record<string, unknown>, at: number): void {
  for (const name in values) {
    const value = numeric(values[name])
    if (Number.isNaN(value) || notShown.has(name) || name === 'valid') continue
    let column = track.values.get(name)
    if (!column) {
      column = new Float64Array(track.time.length).fill(Number.NaN)
      track.values.set(name, column)
    }
    column[at] = value
  }
}

// gapOf is the silence that is longer than the tracker's habit.
export function gapOf(time: Float64Array): number {
  if (time.length < 3) return shortestGap
  const steps = new Float64Array(time.length - 1)
  for (let i = 0; i < steps.length; i++) steps[i] = time[i + 1]! - time[i]!
  steps.sort()
  return Math.max(shortestGap, 4 * steps[(steps.length - 1) >> 1]!)
}

// before is the index of the last fix at or before a time, -1 if there is none.
export function before(time: Float64Array, at: number): number {
  let [low, high] = [0, time.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (time[middle]! <= at) low = middle + 1
    else high = middle
  }
  return low - 1
}

export interface Moment {
  index: number // of the fix at or before
  longitude: number
  latitude: number
  speed: number
  course: number
  age: number // ms since that fix
  silent: boolean
}

// momentOf says where a vehicle was: between two fixes on the straight line between them, in a silence where it was
// last. Null before the first fix.
export function momentOf(track: Track, at: number): Moment | null {
  const { time, longitude, latitude, speed, course } = track
  const index = before(time, at)
  if (index < 0) return null
  const age = at - time[index]!
  const here = { index, longitude: longitude[index]!, latitude: latitude[index]!, age }
  const still = { ...here, speed: speed[index]!, course: course[index]! }
  const next = index + 1
  if (next === time.length) return { ...still, silent: age > track.gap }
  const span = time[next]! - time[index]!
  if (span > track.gap) return { ...still, silent: age > track.gap / 2 }
  const share = age / span
  const east = wrapped(longitude[next]! - longitude[index]!)
  const north = latitude[next]! - latitude[index]!
  return {
    ...here,
    longitude: wrapped(here.longitude + east * share),
    latitude: here.latitude + north * share,
    speed: speed[index]! + (speed[next]! - speed[index]!) * share,
    course: heading(east * Math.cos((here.latitude * Math.PI) / 180), north) ?? course[index]!,
    silent: false,
  }
}

const wrapped = (degrees: number): number => (((degrees % 360) + 540) % 360) - 180

const least = 2e-5 // degrees, two metres: less is no direction

function heading(east: number, north: number): number | null {
  if (Math.hypot(east, north) < least) return null
  return ((Math.atan2(east, north) * 180) / Math.PI + 360) % 360
}

// valueAt is what was last said of a name at a time: NaN in a silence.
export function valueAt(track: Track, name: string, at: number): number {
  const column = track.values.get(name)
  let index = before(track.time, at)
  if (!column || index < 0 || at - track.time[index]! > track.gap) return Number.NaN
  while (index > 0 && Number.isNaN(column[index]!) && at - track.time[index - 1]! < track.gap) index--
  return column[index]!
}
