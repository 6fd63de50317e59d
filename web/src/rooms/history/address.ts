// What the address of the room holds, so that a view can be kept and shared.
import { dayLength, startOfDay } from './zone'

export interface View {
  vehicles: number[] // the first is the one whose day is read; none: the whole fleet
  from: number // ms since 1970
  to: number
  time: number
  speed: number // of the playback
  charts: string[]
}

export const speeds = [1, 2, 5, 10, 20, 30, 60, 120, 300] as const
export const defaultSpeed = 60
export const defaultCharts = ['speed_kmh', 'altitude_m']
export const longest = 366 * dayLength
export const longFrom = 49 * 3_600_000 // ranges beyond are drawn as tiles: two days, of which one may have 25 hours
const mostVehicles = 50

// readView reads a query. What is missing or cannot be is today's.
export function readView(search: string, now: number, zone: string): View {
  const query = new URLSearchParams(search)
  const named = (name: string) => (query.get(name) ?? '').split(',').filter(Boolean)
  const vehicles = named('vehicle').map(Number)
  const today = startOfDay(now, zone)
  let from = Date.parse(query.get('from') ?? '')
  let to = Date.parse(query.get('to') ?? '')
  if (Number.isNaN(from)) from = Number.isNaN(to) ? today : startOfDay(to - 1, zone)
  if (Number.isNaN(to)) to = startOfDay(from, zone, 1)
  if (!(to > from) || to - from > longest) [from, to] = [today, startOfDay(now, zone, 1)]
  const time = Date.parse(query.get('time') ?? '')
  const speed = Number(query.get('speed'))
  return {
    vehicles: [...new Set(vehicles.filter((id) => Number.isInteger(id) && id > 0))].slice(0, mostVehicles),
    from,
    to,
    time: time >= from && time <= to ? time : Number.NaN,
    speed: speeds.find((s) => s === speed) ?? defaultSpeed,
    charts: query.has('charts') ? named('charts').slice(0, 8) : defaultCharts,
  }
}

const written = (ms: number): string => new Date(Math.round(ms)).toISOString().replace(/\.\d+Z$/, 'Z')

// writeView gives the query of a view, without what is as always.
export function writeView(view: View): string {
  const query: string[] = []
  if (view.vehicles.length > 0) query.push(`vehicle=${view.vehicles.join(',')}`)
  query.push(`from=${written(view.from)}`, `to=${written(view.to)}`)
  if (!Number.isNaN(view.time)) query.push(`time=${written(view.time)}`)
  if (view.speed !== defaultSpeed) query.push(`speed=${view.speed}`)
  if (view.charts.join() !== defaultCharts.join()) query.push(`charts=${view.charts.join(',')}`)
  return `?${query.join('&')}`
}
