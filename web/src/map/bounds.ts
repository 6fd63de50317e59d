import { latitudeOf, longitudeOf } from '../fleet/mercator'
import type { Fleet } from '../fleet/store'

export interface Bounds {
  west: number
  south: number
  east: number // may exceed 180 where the box crosses the date line
  north: number
}

// boundsOf is the smallest box around the located ones of the slots: on a round world, the one that leaves out the
// widest gap between longitudes.
export function boundsOf(fleet: Fleet, slots: Uint32Array): Bounds | null {
  const placed = slots.filter((i) => fleet.located(i))
  if (placed.length === 0) return null
  const xs = Float64Array.from(placed, (i) => fleet.x[i]!).sort()
  const world = 2 ** 32
  let start = 0
  let widest = xs[0]! + world - xs.at(-1)!
  for (let n = 1; n < xs.length; n++) {
    const gap = xs[n]! - xs[n - 1]!
    if (gap > widest) {
      widest = gap
      start = n
    }
  }
  let top = Number.POSITIVE_INFINITY
  let bottom = Number.NEGATIVE_INFINITY
  for (const i of placed) {
    top = Math.min(top, fleet.y[i]!)
    bottom = Math.max(bottom, fleet.y[i]!)
  }
  const west = xs[start]!
  const east = start === 0 ? xs.at(-1)! : xs[start - 1]! + world
  return {
    west: longitudeOf(west),
    south: latitudeOf(bottom),
    east: longitudeOf(east),
    north: latitudeOf(top),
  }
}
