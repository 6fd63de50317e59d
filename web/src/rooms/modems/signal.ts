// How well a modem hears its network.
import type { Point } from '../../api/modems'

// bars makes 0 to 5 bars of a received power: below −110 dBm nothing gets through, from −70 on nothing gets better.
export function bars(dbm: number | null): number {
  if (dbm === null || dbm < -110) return 0
  return Math.min(5, 1 + Math.floor((dbm + 110) / 10))
}

export interface Spark {
  line: string // path in a box of the given size; gaps where nothing was measured
  low: number // dBm
  high: number
}

const gap = 20 * 60_000 // ms without a measurement
const quarter = 15 * 60_000

// beginOf is where the picture of a span begins: a modem that is known for less time fills it all the same.
export function beginOf(points: readonly Point[], from: number, to: number): number {
  const first = points[0] ? new Date(points[0].time).getTime() : from
  return Math.max(from, Math.min(first, to - quarter))
}

// sparkOf draws the signal of a span of time.
export function sparkOf(
  points: readonly Point[],
  from: number,
  to: number,
  width: number,
  height: number,
): Spark | null {
  const heard = points
    .filter((p) => p.signal_dbm !== null)
    .map((p) => ({ time: new Date(p.time).getTime(), dbm: p.signal_dbm! }))
    .filter((p) => p.time >= from && p.time <= to)
  const latest = heard.at(-1)
  if (!latest) return null
  if (to - latest.time < gap) heard.push({ ...latest, time: to }) // it is so still
  const [low, high] = [Math.min(...heard.map((p) => p.dbm)), Math.max(...heard.map((p) => p.dbm))]
  const bottom = Math.min(low, -100)
  const top = Math.max(high, -60)
  let line = ''
  let before = Number.NEGATIVE_INFINITY
  for (const { time, dbm } of heard) {
    const x = ((time - from) / (to - from)) * width
    const y = height - 1 - ((dbm - bottom) / (top - bottom)) * (height - 2)
    line += `${time - before > gap ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`
    before = time
  }
  return { line, low, high }
}

export interface Stretch {
  phase: Point['phase']
  reason: string
  from: number // ms since 1970
  to: number
}

// stretches are the times that a modem spent in one phase each, oldest first; the last reaches to the end.
export function stretches(points: readonly Point[], end: number): Stretch[] {
  const found: Stretch[] = []
  for (const { time, phase, reason } of points) {
    const from = new Date(time).getTime()
    const last = found.at(-1)
    if (last) last.to = from
    if (last?.phase === phase && last.reason === reason) continue
    found.push({ phase, reason, from, to: end })
  }
  const last = found.at(-1)
  if (last) last.to = end
  return found
}
