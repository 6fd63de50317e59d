// The reader's day. All times are ms since 1970.
import { zoneOffset } from './format'

const hour = 3_600_000 // ms
const dayLength = 24 * hour

// midnight is when the reader's day began.
export function midnight(now: number): number {
  const ahead = zoneOffset(now)
  return Math.floor((now + ahead) / dayLength) * dayLength - ahead
}

// ticks are the full hours to write below the bar, few enough to be read and none too near to its end.
export function ticks(from: number, to: number): number[] {
  const hours = (to - from) / hour
  const step = [1, 2, 3, 4, 6].find((n) => hours / n <= 5) ?? 6
  const all = Array.from({ length: Math.floor(hours / step) + 1 }, (_, n) => from + n * step * hour)
  return all.filter((tick) => to - tick > (to - from) * 0.12)
}
