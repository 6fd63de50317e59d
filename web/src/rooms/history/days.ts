// What each day of a longer time held.
import { around, type Box } from './line'
import { readDay } from './read'
import type { Day } from './segments'
import { dayLength, startOfDay } from './zone'

export interface DayTotal {
  from: number // midnight, ms since 1970
  to: number
  distance: number // m
  moving: number // s
  trips: number
  fastest: number // km/h
  box: Box | null // around where it began and ended to move and to stand
}

export const mostDays = 31 // of one question to the server

// totalsOf counts each day that has reports. What goes on over midnight belongs to both, distance by its share.
export function totalsOf(day: Day, zone: string): DayTotal[] {
  const totals = new Map<number, DayTotal>()
  for (const segment of day.segments ?? []) {
    if (segment.state === 'silent') continue
    const [begin, end] = [Date.parse(segment.from), Date.parse(segment.to)]
    for (let from = startOfDay(begin, zone); from < end || from === begin; from = startOfDay(from, zone, 1)) {
      const total = totals.get(from) ?? emptyDay(from, zone)
      totals.set(from, total)
      for (const { longitude, latitude } of [segment.start, segment.end].filter((p) => p !== null)) {
        total.box = around(total.box, [longitude, latitude, longitude, latitude])
      }
      if (segment.state !== 'moving') continue
      const share = end > begin ? (Math.min(end, total.to) - Math.max(begin, from)) / (end - begin) : 0
      total.distance += segment.distance_m * share
      total.moving += ((end - begin) / 1000) * share
      total.fastest = Math.max(total.fastest, segment.max_speed_kmh)
      total.trips++
    }
  }
  return [...totals.values()].sort((a, b) => a.from - b.from)
}

function emptyDay(from: number, zone: string): DayTotal {
  return { from, to: startOfDay(from, zone, 1), distance: 0, moving: 0, trips: 0, fastest: 0, box: null }
}

// pieces cuts a time into parts that the server answers at once, the latest first.
export function pieces(from: number, to: number, zone: string): [number, number][] {
  const found: [number, number][] = []
  for (let end = to; end > from; ) {
    let begin = Math.max(from, startOfDay(end - 1, zone, 1 - mostDays))
    if (end - begin > mostDays * dayLength) begin = startOfDay(end - 1, zone, 2 - mostDays)
    found.push([begin, end])
    end = begin
  }
  return found
}

// readTotals reads the days of a time, the latest first, and tells of each part as it comes.
export async function readTotals(
  id: number,
  from: number,
  to: number,
  zone: string,
  abort: AbortSignal,
  come: (some: DayTotal[], done: number) => void,
): Promise<void> {
  const parts = pieces(from, to, zone)
  for (const [n, [begin, end]] of parts.entries()) {
    const day = await readDay(id, begin, end, abort)
    if (abort.aborted) return
    come(totalsOf(day, zone), (n + 1) / parts.length)
  }
}
