// Days and hours as they are counted where the reader is. All times are ms since 1970.

export const second = 1000
export const minute = 60 * second
export const hour = 60 * minute
export const dayLength = 24 * hour // of most days; two a year differ

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formats.set(zone, format)
  }
  return format
}

// offset of the zone at a time: what its clocks show beyond UTC, in ms.
export function offset(time: number, zone: string): number {
  const part: Record<string, number> = {}
  for (const { type, value } of formatOf(zone).formatToParts(time)) part[type] = Number(value)
  const shown = Date.UTC(part.year!, part.month! - 1, part.day!, part.hour!, part.minute!, part.second!)
  return shown - Math.floor(time / second) * second
}

// fromLocal is the time at which the zone's clocks show what UTC's show at local. An hour that a change of clocks
// leaves out is taken as the one after.
export function fromLocal(local: number, zone: string): number {
  const guess = local - offset(local, zone)
  return local - offset(guess, zone)
}

export const toLocal = (time: number, zone: string): number => time + offset(time, zone)

// startOfDay is the midnight before a time, days whole days later (earlier if negative).
export function startOfDay(time: number, zone: string, days = 0): number {
  const local = Math.floor(toLocal(time, zone) / dayLength) * dayLength
  return fromLocal(local + days * dayLength, zone)
}

// startOfMonth is the first midnight of the month of a time, months whole months later.
export function startOfMonth(time: number, zone: string, months = 0): number {
  const local = new Date(toLocal(time, zone))
  return fromLocal(Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + months, 1), zone)
}

// dayNumber counts the days of the zone's calendar.
export const dayNumber = (time: number, zone: string): number => Math.floor(toLocal(time, zone) / dayLength)

const steps = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * minute),
  ...[1, 2, 3, 6, 12].map((n) => n * hour),
  ...[1, 2, 7, 14, 28].map((n) => n * dayLength),
]

// ticks are round times of the zone between two times, at most so many.
export function ticks(from: number, to: number, zone: string, most: number): number[] {
  const step = steps.find((s) => (to - from) / s <= most) ?? 56 * dayLength
  const found: number[] = []
  const first = Math.ceil(toLocal(from, zone) / step) * step
  for (let local = first; found.length <= most; local += step) {
    const time = fromLocal(local, zone)
    if (time > to) break
    if (time >= from && time !== found.at(-1)) found.push(time)
  }
  return found
}
