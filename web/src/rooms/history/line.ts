// The way of a vehicle as GeoJSON: lines of one class of speed each, and what was not reported.
import type { Feature, FeatureCollection, LineString } from 'geojson'
import { classOf } from './speeds'
import { momentOf, type Track } from './track'

export interface LineProperties {
  class: number // of speed; −1: a gap
}

export type Lines = FeatureCollection<LineString, LineProperties>

const same = 3e-4 // degrees, thirty metres: a gap that ends where it began is not drawn

// linesOf cuts the track where its class of speed changes. A stretch has the speed that was said at its end.
export function linesOf(track: Track, limits: number[], from: number, to: number): Lines {
  const features: Feature<LineString, LineProperties>[] = []
  let run: [number, number][] = []
  let running = -1
  const end = () => {
    if (run.length > 1 && running >= 0) features.push(line(run, running))
    run = []
    running = -1
  }
  const { time, longitude, latitude, speed } = track
  for (let i = 1; i < time.length; i++) {
    if (time[i - 1]! < from || time[i]! > to) continue
    const [a, b] = across([longitude[i - 1]!, latitude[i - 1]!], [longitude[i]!, latitude[i]!])
    if (time[i]! - time[i - 1]! > track.gap) {
      end()
      if (Math.hypot(a[0] - b[0], a[1] - b[1]) > same) features.push(line([a, b], -1))
      continue
    }
    const next = classOf(speed[i]!, limits)
    if (next !== running || run.at(-1)?.[0] !== a[0]) {
      end()
      run = [a]
      running = next
    }
    run.push(b)
  }
  end()
  return { type: 'FeatureCollection', features }
}

// across keeps a line that crosses the date line short.
function across(a: [number, number], b: [number, number]): [[number, number], [number, number]] {
  if (b[0] - a[0] > 180) return [a, [b[0] - 360, b[1]]]
  if (b[0] - a[0] < -180) return [a, [b[0] + 360, b[1]]]
  return [a, b]
}

function line(coordinates: [number, number][], at: number): Feature<LineString, LineProperties> {
  return { type: 'Feature', properties: { class: at }, geometry: { type: 'LineString', coordinates } }
}

// ends are where a track begins and ends within two times.
export function ends(track: Track, from: number, to: number): [number, number][] {
  const first = track.time.findIndex((t) => t >= from)
  const last = momentOf(track, to)
  if (first < 0 || !last || track.time[first]! > to) return []
  return [
    [track.longitude[first]!, track.latitude[first]!],
    [last.longitude, last.latitude],
  ]
}

export type Box = [west: number, south: number, east: number, north: number]

// around is the smallest box around two; null is none.
export function around(a: Box | null, b: Box | null): Box | null {
  if (!a || !b) return a ?? b
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])]
}

// boxOf is the smallest box around a track between two times.
export function boxOf(track: Track, from: number, to: number): Box | null {
  let box: Box | null = null
  for (let i = 0; i < track.time.length; i++) {
    if (track.time[i]! < from || track.time[i]! > to) continue
    const [x, y] = [track.longitude[i]!, track.latitude[i]!]
    box = around(box, [x, y, x, y])
  }
  return box
}
