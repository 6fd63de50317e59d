// The pointer on the room's map: it moves the clock along the day's line, opens vehicles and days.
import type { Map as MapLibre, MapMouseEvent } from 'maplibre-gl'
import { mercatorX, mercatorY } from '../../fleet/mercator'
import { pick } from '../../map/pick'
import { Screen } from '../../map/screen'
import { toast } from '../../ui/kit/toast'
import { words } from '../../words'
import * as clock from './clock'
import type { Crowd } from './crowd'
import { readWithin } from './read'
import * as room from './room'
import type { Track } from './track'
import { startOfDay } from './zone'

const reach = { mouse: 12, touch: 24 } // CSS pixels
const reachOf = (event: MapMouseEvent): number =>
  (event.originalEvent as PointerEvent).pointerType === 'touch' ? reach.touch : reach.mouse

export function listenToMap(map: MapLibre, crowd: Crowd): () => void {
  let peeking = false
  const peek = (time: number | null) => {
    if (time === null && !peeking) return
    peeking = time !== null
    clock.peek.value = time
  }
  map.on('mousemove', (event) => {
    const time = clock.playing.peek() ? null : timeUnder(map, event)
    peek(time)
    const vehicle = vehicleUnder(map, crowd, event)
    map.getCanvas().style.cursor =
      time !== null || vehicle !== null || overTracks(map, event) ? 'pointer' : ''
  })
  map.on('mouseout', () => peek(null))
  map.on('click', (event) => {
    const stop = map.getLayer('stop')
      ? map.queryRenderedFeatures(event.point, { layers: ['stop', 'stop-now'] })[0]
      : null
    const time = stop ? Number(stop.properties.time) : timeUnder(map, event)
    const vehicle = vehicleUnder(map, crowd, event)
    peeking = false
    if (vehicle !== null && vehicle !== room.main.peek()) lead(vehicle)
    else if (time !== null) clock.setTime(time)
    else if (room.mode.peek() === 'long' || overTracks(map, event)) openUnder(map, event)
  })
  return () => peek(null)
}

// lead makes a vehicle the one whose day is read; the clock stays.
function lead(id: number): void {
  const others = room.vehicles.value.filter((other) => other !== id)
  const chosen = room.vehicles.value.includes(id)
  room.open(chosen ? [id, ...others] : [id], clock.from.value, clock.to.value, clock.time.value)
}

function vehicleUnder(map: MapLibre, crowd: Crowd, event: MapMouseEvent): number | null {
  const [nearest] = pick(crowd.fleet, crowd.shown, new Screen(map), event.point, reachOf(event), 1)
  return nearest ? crowd.fleet.ids[nearest.slot]! : null
}

// timeUnder is when the vehicle was under the pointer: of several times, the one nearest to the clock's.
function timeUnder(map: MapLibre, event: MapMouseEvent): number | null {
  const { value: track } = room.track
  if (!track || room.mode.peek() !== 'day') return null
  return nearestTime(track, new Screen(map), event.point, reachOf(event), clock.time.peek())
}

let placed: { track: Track; x: Int32Array; y: Int32Array } | null = null

function nearestTime(
  track: Track,
  screen: Screen,
  at: { x: number; y: number },
  far: number,
  now: number,
): number | null {
  if (placed?.track !== track) {
    placed = {
      track,
      x: track.longitude.length ? Int32Array.from(track.longitude, mercatorX) : new Int32Array(),
      y: Int32Array.from(track.latitude, mercatorY),
    }
  }
  const { x, y } = placed
  let best: number | null = null
  let least = Number.POSITIVE_INFINITY
  for (let i = 0; i + 1 < x.length; i++) {
    const [ax, ay] = [screen.x(x[i]!, y[i]!) - at.x, screen.y(x[i]!, y[i]!) - at.y]
    const [bx, by] = [screen.x(x[i + 1]!, y[i + 1]!) - at.x, screen.y(x[i + 1]!, y[i + 1]!) - at.y]
    const [share, distance] = near(ax, ay, bx, by)
    if (distance > far) continue
    const time = track.time[i]! + (track.time[i + 1]! - track.time[i]!) * share
    // A pixel nearer counts as much as a minute: lines that lie on each other are told apart by the clock.
    const cost = distance + Math.min(far, Math.abs(time - now) / 60_000) / 2
    if (cost < least) [least, best] = [cost, time]
  }
  return best
}

// near gives where on the line from a to b the origin is nearest, and how far it is.
function near(ax: number, ay: number, bx: number, by: number): [share: number, distance: number] {
  const [dx, dy] = [bx - ax, by - ay]
  const length = dx * dx + dy * dy
  const share = length === 0 ? 0 : Math.max(0, Math.min(1, -(ax * dx + ay * dy) / length))
  return [share, Math.hypot(ax + dx * share, ay + dy * share)]
}

const around = 8 // CSS pixels

function overTracks(map: MapLibre, event: MapMouseEvent): boolean {
  if (!map.getLayer('tracks')) return false
  const { x, y } = event.point
  const box: [[number, number], [number, number]] = [
    [x - around / 2, y - around / 2],
    [x + around / 2, y + around / 2],
  ]
  return map.queryRenderedFeatures(box, { layers: ['tracks'] }).length > 0
}

// openUnder asks who was last where the pointer is, and opens that day.
async function openUnder(map: MapLibre, event: MapMouseEvent): Promise<void> {
  const { x, y } = event.point
  const corners = [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
    [-1, -1],
  ] as const
  const ring = corners.map(([i, j]): [number, number] => {
    const { lng, lat } = map.unproject([x + i * around, y - j * around])
    return [lng, lat]
  })
  try {
    const { vehicles } = await readWithin(ring, clock.from.value, clock.to.value)
    const chosen = new Set(room.vehicles.value)
    const here = (vehicles ?? []).filter((v) => chosen.size === 0 || chosen.has(v.id))
    const last = here.sort((a, b) => Date.parse(b.last) - Date.parse(a.last))[0]
    if (!last) {
      toast(words.history.nobodyHere)
      return
    }
    const time = Date.parse(last.last)
    const zone = room.zone.value
    room.open([last.id], startOfDay(time, zone), startOfDay(time, zone, 1), time)
  } catch (error) {
    toast((error as Error).message, { bad: true })
  }
}
