import { units, zone } from './preferences'
import { locale, words } from './words'

export { units, zone } from './preferences'

const numbers = new Map<number, Intl.NumberFormat>()

// number writes v in the reader's language with at most that many decimals.
export function number(v: number, decimals = 0): string {
  let format = numbers.get(decimals)
  if (!format) {
    format = new Intl.NumberFormat(locale, { maximumFractionDigits: decimals })
    numbers.set(decimals, format)
  }
  return format.format(v)
}

// age writes a span of seconds in its largest unit: 4 s, 12 min, 3 h, 9 d.
export function age(seconds: number): string {
  const { s, min, h, d } = words.ages
  if (!Number.isFinite(seconds)) return words.detail.unknown
  if (seconds < 60) return `${Math.floor(seconds)} ${s}`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} ${min}`
  if (seconds < 2 * 86_400) return `${Math.floor(seconds / 3600)} ${h}`
  return `${Math.floor(seconds / 86_400)} ${d}`
}

// span writes a duration with its second unit: 2 h 14 min.
export function span(seconds: number): string {
  if (seconds < 3600) return age(seconds)
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor((seconds % 3600) / 60)
  const { min, h, d } = words.ages
  if (hours < 24) return minutes ? `${hours} ${h} ${minutes} ${min}` : `${hours} ${h}`
  const days = Math.floor(hours / 24)
  return hours % 24 ? `${days} ${d} ${hours % 24} ${h}` : `${days} ${d}`
}

const styles = {
  clock: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  exact: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  moment: { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' },
  date: { dateStyle: 'medium' },
  day: { weekday: 'short', day: 'numeric', month: 'short' },
  zone: { timeZoneName: 'short' },
} satisfies Record<string, Intl.DateTimeFormatOptions>

const dates = new Map<string, Intl.DateTimeFormat>()

function dateFormat(style: keyof typeof styles): Intl.DateTimeFormat {
  const key = `${style} ${zone.value}`
  let format = dates.get(key)
  if (!format) {
    const options: Intl.DateTimeFormatOptions = { ...styles[style] }
    if (zone.value) options.timeZone = zone.value
    format = new Intl.DateTimeFormat(locale, options)
    dates.set(key, format)
  }
  return format
}

// These write a moment (ms since 1970) in the chosen time zone.
export const clock = (ms: number): string => dateFormat('clock').format(ms)
export const clockExact = (ms: number): string => dateFormat('exact').format(ms)
export const moment = (ms: number): string => dateFormat('moment').format(ms)
export const date = (ms: number): string => dateFormat('date').format(ms)
export const day = (ms: number): string => dateFormat('day').format(ms)

// zoneName is the chosen time zone's short name at a moment: UTC, CET, GMT+5:30.
export function zoneName(ms: number): string {
  return dateFormat('zone')
    .formatToParts(ms)
    .find((part) => part.type === 'timeZoneName')!.value
}

// zoneOffset is what the chosen zone's clocks are ahead of UTC at a moment, in ms.
export function zoneOffset(ms: number): number {
  const whole = Math.floor(ms / 1000) * 1000
  const parts = new Intl.DateTimeFormat('en', {
    ...(zone.value && { timeZone: zone.value }),
    ...{ year: 'numeric', month: 'numeric', day: 'numeric', hourCycle: 'h23' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
  }).formatToParts(whole)
  const part = (type: string) => Number(parts.find((p) => p.type === type)!.value)
  const wall = [part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')]
  return Date.UTC(...(wall as [number, number, number, number, number, number])) - whole
}

const miles = 1609.344 // m
const feet = 0.3048 // m

export interface Measure {
  text: string
  unit: string
}
const joined = ({ text, unit }: Measure): string => `${text} ${unit}`

// speedIn, distanceIn and heightIn write km/h, m and m in the chosen units, figure and unit apart.
export function speedIn(kmh: number, decimals = 0): Measure {
  const imperial = units.value === 'imperial'
  const text = number(imperial ? (kmh * 1000) / miles : kmh, decimals)
  return { text, unit: imperial ? words.units.mph : words.units.kmh }
}

// Short ways have a decimal; under a kilometre they are in metres.
export function distanceIn(metres: number): Measure {
  if (units.value === 'imperial') {
    if (metres < 160) return { text: number(metres / feet), unit: words.units.ft }
    return { text: number(metres / miles, metres < 100 * miles ? 1 : 0), unit: words.units.mi }
  }
  if (metres < 1000) return { text: number(metres), unit: words.units.m }
  return { text: number(metres / 1000, metres < 100_000 ? 1 : 0), unit: words.units.km }
}

export function heightIn(metres: number): Measure {
  const imperial = units.value === 'imperial'
  return {
    text: number(imperial ? metres / feet : metres),
    unit: imperial ? words.units.ft : words.units.m,
  }
}

export const speed = (kmh: number, decimals = 0): string => joined(speedIn(kmh, decimals))
export const distance = (metres: number): string => joined(distanceIn(metres))
export const height = (metres: number): string => joined(heightIn(metres))

// bytes writes a size in its largest unit of 1024: 640 B, 12.3 MiB.
export function bytes(n: number): string {
  const step = Math.min(4, n < 1 ? 0 : Math.floor(Math.log2(n) / 10))
  return `${number(n / 1024 ** step, step > 0 ? 1 : 0)} ${['B', 'KiB', 'MiB', 'GiB', 'TiB'][step]}`
}

const valueUnits: Record<string, string> = {
  kmh: 'km/h',
  km: 'km',
  m: 'm',
  deg: '°',
  percent: '%',
  v: 'V',
  mv: 'mV',
  a: 'A',
  ma: 'mA',
  w: 'W',
  c: '°C',
  l: 'l',
  ml: 'ml',
  s: 's',
  ms: 'ms',
  min: 'min',
  h: 'h',
  rpm: 'rpm',
  dbm: 'dBm',
  g: 'g',
  mg: 'mg',
  kg: 'kg',
  kpa: 'kPa',
  hpa: 'hPa',
  bar: 'bar',
  hz: 'Hz',
  lux: 'lx',
  ppm: 'ppm',
}
const acronyms = new Set([
  'gsm',
  'gps',
  'gnss',
  'sim',
  'iccid',
  'imsi',
  'hdop',
  'pdop',
  'vin',
  'rfid',
  'obd',
  'can',
  'usb',
])

// title makes a name for people of a value's name: axis_x_mg gives "Axis x" and "mg".
export function title(name: string): { text: string; unit: string } {
  const unknown = /^io(\d+)$/.exec(name)
  if (unknown) return { text: `IO ${unknown[1]}`, unit: '' }
  const parts = name.split('_')
  const unit = parts.length > 1 ? (valueUnits[parts.at(-1)!] ?? '') : ''
  if (unit) parts.pop()
  const text = parts.map((p) => (acronyms.has(p) ? p.toUpperCase() : p)).join(' ')
  return { text: text.charAt(0).toUpperCase() + text.slice(1), unit }
}

export type Value = number | boolean | string | null | Value[] | { [name: string]: Value }

// plain writes a value as a tracker or the server said it.
export function plain(value: Value): string {
  if (value === null || value === '') return words.detail.unknown
  if (typeof value === 'number') return String(Math.round(value * 1000) / 1000)
  if (typeof value === 'boolean') return value ? words.detail.yes : words.detail.no
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(plain).join(', ')
  return Object.entries(value)
    .map(([key, v]) => `${key.toUpperCase()} ${plain(v)}`)
    .join(' · ')
}

// alarmNames writes a list of alarms, or the text "power_cut,tow", for people: Power cut, tow.
export function alarmNames(value: Value): string {
  const names = Array.isArray(value) ? value.map(String) : String(value ?? '').split(',')
  const text = names.map((name) => name.trim().replaceAll('_', ' ')).join(', ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

export const direction = (degrees: number): string => words.compass[Math.round(degrees / 45) % 8]!
