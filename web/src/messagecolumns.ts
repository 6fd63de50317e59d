// The columns of a table of fixes: what any of them says, the common values first.
import type { WholeFix } from './api/vehicle'
import { moment, plain, type Value } from './format'

const first = [
  ...[
    'received',
    'valid',
    'latitude',
    'longitude',
    'speed_kmh',
    'course_deg',
    'altitude_m',
    'satellites',
    'hdop',
  ],
  ...[
    'ignition',
    'external_v',
    'battery_v',
    'battery_percent',
    'signal_percent',
    'odometer_m',
    'alarms',
    'flags',
  ],
]
const aside = new Set(['time', 'attributes'])

export function columnsOf(fixes: WholeFix[]): string[] {
  const found = new Set<string>()
  for (const fix of fixes) {
    for (const [name, value] of Object.entries(fix)) if (!aside.has(name) && said(value)) found.add(name)
    for (const [name, value] of Object.entries(fix.attributes ?? {})) if (said(value)) found.add(name)
  }
  const rest = [...found].filter((name) => !first.includes(name))
  return [
    ...first.filter((name) => found.has(name)),
    ...rest.sort((a, b) => a.localeCompare(b, undefined, { numeric: true })),
  ]
}

const said = (value: unknown): boolean =>
  value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)

export function valueIn(fix: WholeFix, column: string): Value | undefined {
  const value = (fix[column] ?? fix.attributes?.[column]) as Value | undefined
  return said(value) ? value : undefined
}

// cellText writes a value as it was said, times and places so that people can read them.
export function cellText(column: string, value: Value | undefined): string {
  if (value === undefined) return ''
  if (typeof value === 'number' && (column === 'latitude' || column === 'longitude')) return value.toFixed(5)
  if (column === 'received' && typeof value === 'string') return moment(Date.parse(value))
  return plain(value)
}
