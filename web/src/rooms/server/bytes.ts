import { number } from '../../format'

const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']

// bytes writes a size in the unit that leaves one to three digits before the point.
export function bytes(n: number): string {
  let unit = 0
  while (n >= 999.5 && unit < units.length - 1) {
    n /= 1000
    unit++
  }
  return `${number(n, n < 9.95 && unit > 0 ? 1 : 0)} ${units[unit]}`
}
