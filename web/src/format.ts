import { words } from './words'

const numbers = new Map<number, Intl.NumberFormat>()

// number writes v in the reader's language with at most that many decimals.
export function number(v: number, decimals = 0): string {
  let format = numbers.get(decimals)
  if (!format) {
    format = new Intl.NumberFormat(undefined, { maximumFractionDigits: decimals })
    numbers.set(decimals, format)
  }
  return format.format(v)
}

// age writes a span of seconds in its largest unit: 4s, 12m, 3h, 9d.
export function age(seconds: number): string {
  if (!Number.isFinite(seconds)) return words.detail.unknown
  if (seconds < 60) return `${Math.floor(seconds)} s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`
  if (seconds < 2 * 86_400) return `${Math.floor(seconds / 3600)} h`
  return `${Math.floor(seconds / 86_400)} d`
}

// span writes a duration with its second unit: 2 h 14 min.
export function span(seconds: number): string {
  if (seconds < 3600) return age(seconds)
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor((seconds % 3600) / 60)
  if (hours < 24) return minutes ? `${hours} h ${minutes} min` : `${hours} h`
  const days = Math.floor(hours / 24)
  return hours % 24 ? `${days} d ${hours % 24} h` : `${days} d`
}

const clockFormat = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})
const fullFormat = new Intl.DateTimeFormat(undefined, {
  dateStyle: 'medium',
  timeStyle: 'medium',
  hourCycle: 'h23',
})

export const clock = (ms: number): string => clockFormat.format(ms)
export const moment = (ms: number): string => fullFormat.format(ms)

const units: Record<string, string> = {
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
  const unit = parts.length > 1 ? (units[parts.at(-1)!] ?? '') : ''
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

const compass = ['N', 'NE', 'E', 'SE', 'S', 'SW', 'W', 'NW']
export const direction = (degrees: number): string => compass[Math.round(degrees / 45) % 8]!
