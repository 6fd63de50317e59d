// A SIM's use against what its plan has for a month. Days and months are UTC's, as the server counts them.
import type { SIM, UsageDay } from '../../api/sims'
import { number } from '../../format'

export type Level = 'none' | 'fine' | 'near' | 'over'

// levelOf tells how far a budget is used up: near from 80 % on, over from 100 % on.
export function levelOf(used: number, budget: number | null): Level {
  if (!budget) return 'none'
  if (used >= budget) return 'over'
  return used >= 0.8 * budget ? 'near' : 'fine'
}

export const bytesOf = (of: { bytes_in: number; bytes_out: number }): number => of.bytes_in + of.bytes_out
export const smsOf = (of: { sms_in: number; sms_out: number }): number => of.sms_in + of.sms_out

const dayLength = 86_400_000

// daysIn is how many days the month of a time has.
export function daysIn(time: number): number {
  const at = new Date(time)
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate()
}

const startOfMonth = (time: number): number => {
  const at = new Date(time)
  return Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1)
}

// forecast is what the month comes to if the rest of it goes on like the part so far; NaN on its first hours, from
// which nothing can be told.
export function forecast(used: number, now: number): number {
  const gone = (now - startOfMonth(now)) / dayLength
  return gone < 0.5 ? Number.NaN : (used / gone) * daysIn(now)
}

// pace is what a day may take so that the budget lasts the month.
export const pace = (budget: number | null, now: number): number =>
  budget ? budget / daysIn(now) : Number.NaN

// daily fills a span of days up, so that those without any use are there with none.
export function daily(days: readonly UsageDay[], now: number, count: number): UsageDay[] {
  const known = new Map(days.map((d) => [d.day.slice(0, 10), d]))
  const today = Math.floor(now / dayLength) * dayLength
  return Array.from({ length: count }, (_, n) => {
    const day = new Date(today - (count - 1 - n) * dayLength).toISOString().slice(0, 10)
    return known.get(day) ?? { day, bytes_in: 0, bytes_out: 0, frames: 0, sms_in: 0, sms_out: 0 }
  })
}

// urgency sorts SIMs: one that is not where it should be comes before one that has used up its budget, then all others.
export const urgency = (sim: SIM): number =>
  sim.alarms.reduce((sum, alarm) => sum + (alarm.startsWith('budget') ? 1 : 10), 0)

// luhnOf is an ICCID's check digit (ITU-T E.118) from the digits before it.
export function luhnOf(digits: string): number {
  let sum = 0
  for (let n = 0; n < digits.length; n++) {
    const digit = Number(digits.at(-1 - n)) * (n % 2 === 0 ? 2 : 1)
    sum += digit > 9 ? digit - 9 : digit
  }
  return (10 - (sum % 10)) % 10
}

// wrongIccid tells whether an ICCID with a check digit (19 or 20 digits) has the wrong one, which is mostly a slip.
export function wrongIccid(iccid: string): boolean {
  if (!/^\d{19,20}$/.test(iccid)) return false
  return luhnOf(iccid.slice(0, -1)) !== Number(iccid.at(-1))
}

const decimal = ['B', 'kB', 'MB', 'GB', 'TB']

// dataOf writes a volume as plans are sold, in powers of 1000: 12.4 MB.
export function dataOf(n: number): string {
  const step = Math.min(4, n < 1 ? 0 : Math.floor(Math.log10(n) / 3))
  return `${number(n / 1000 ** step, step > 1 ? 1 : 0)} ${decimal[step]}`
}

const units: Record<string, number> = { b: 1, k: 1000, m: 1000 ** 2, g: 1000 ** 3, t: 1000 ** 4 }

// bytesTyped reads a volume such as 50 MB, 1.5 GB or 2000; null is none, NaN is not a volume.
export function bytesTyped(text: string): number | null {
  if (text.trim() === '') return null
  const said = /^\s*(\d+(?:[.,]\d+)?)\s*([kmgt])?b?\s*$/i.exec(text)
  if (!said) return Number.NaN
  return Math.round(Number(said[1]!.replace(',', '.')) * units[(said[2] ?? 'b').toLowerCase()]!)
}

// bytesShown writes one so that it reads as the same again: 50 MB, or all its digits.
export function bytesShown(bytes: number): string {
  for (let step = 4; step > 0; step--) {
    if (bytes % 1000 ** step === 0) return `${bytes / 1000 ** step} ${decimal[step]}`
  }
  return String(bytes)
}
