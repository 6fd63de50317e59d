import { worldUnits } from '../fleet/mercator'
import { Status, statusKeys } from '../fleet/status'
import type { Fleet } from '../fleet/store'
import type { Screen } from './screen'
import type { Look } from './vehicles'

const cellPixels = 72 // at least; up to √2 as many between two steps of the grid
const none = -1
const kinds = statusKeys.length

export const clustersBelow = 16 // zoom from which every vehicle is shown

// Clusters stand for vehicles that are near each other on the screen. The grid is fixed to the ground, so that nothing
// jumps as the map is moved; it changes with every half step of the zoom. Who is selected, hovered, watched or has an
// alarm is never in one.
export class Clusters {
  count = 0
  x = new Int32Array(64) // the middle of its vehicles, Mercator
  y = new Int32Array(64)
  sizes = new Uint32Array(64)
  states = new Uint32Array(64 * kinds) // vehicles by Status
  private cellX = new Int32Array(64)
  private cellY = new Int32Array(64)
  private sumX = new Float64Array(64) // from the first vehicle
  private sumY = new Float64Array(64)
  private of = new Int32Array(256) // by slot
  private table = new Int32Array(1024)
  private on = false
  private step = Number.NaN

  constructor(private readonly fleet: Fleet) {}

  readonly hides = (slot: number): boolean => this.on && this.clusterOf(slot) !== none

  // clusterOf gives the cluster that stands for a vehicle, -1 if it is shown itself.
  clusterOf(slot: number): number {
    const c = this.on && slot < this.of.length ? this.of[slot]! : none
    return c !== none && this.sizes[c]! > 1 ? c : none
  }

  // outdated says whether the grid no longer suits the zoom.
  outdated(zoom: number): boolean {
    return this.on && stepOf(zoom) !== this.step
  }

  update(look: Look, on: boolean, zoom: number): void {
    this.on = on && zoom < clustersBelow
    this.step = stepOf(zoom)
    this.count = 0
    if (!on) return
    const { fleet } = this
    if (this.of.length < fleet.count) this.of = new Int32Array(fleet.ids.length)
    this.of.fill(none, 0, fleet.count)
    if (!this.on) return
    this.table.fill(0)
    const cell = (cellPixels * worldUnits) / (512 * 2 ** this.step)
    const apart = new Set([look.selected, look.hovered, ...look.watched])
    for (const i of look.shown) {
      if (!fleet.located(i) || fleet.status[i] === Status.Alarm || apart.has(fleet.ids[i]!)) continue
      this.put(i, Math.floor(fleet.x[i]! / cell), Math.floor(fleet.y[i]! / cell))
    }
    for (let c = 0; c < this.count; c++) {
      this.x[c] = this.x[c]! + Math.round(this.sumX[c]! / this.sizes[c]!)
      this.y[c] = this.y[c]! + Math.round(this.sumY[c]! / this.sizes[c]!)
    }
  }

  // at gives the cluster whose bubble is at a place on the screen, -1 if there is none.
  at(screen: Screen, place: { x: number; y: number }): number {
    for (let c = 0; this.on && c < this.count; c++) {
      if (this.sizes[c]! < 2) continue
      const dx = screen.x(this.x[c]!, this.y[c]!) - place.x
      const dy = screen.y(this.x[c]!, this.y[c]!) - place.y
      if (Math.hypot(dx, dy) <= bubble(this.sizes[c]!) + 2) return c
    }
    return none
  }

  // members gives the slots that a cluster stands for.
  members(cluster: number): Uint32Array {
    const slots: number[] = []
    for (let i = 0; i < this.fleet.count; i++) if (this.of[i] === cluster) slots.push(i)
    return Uint32Array.from(slots)
  }

  private put(slot: number, cellX: number, cellY: number): void {
    const { fleet, table } = this
    const mask = table.length - 1
    let at = (Math.imul(cellX, 73_856_093) ^ Math.imul(cellY, 19_349_663)) & mask
    let c = none
    for (; table[at] !== 0; at = (at + 1) & mask) {
      const found = table[at]! - 1
      if (this.cellX[found] === cellX && this.cellY[found] === cellY) {
        c = found
        break
      }
    }
    if (c === none) {
      c = this.open(slot, cellX, cellY)
      if (this.count * 2 > table.length) this.rehash()
      else table[at] = c + 1
    }
    this.of[slot] = c
    this.sizes[c]!++
    this.states[c * kinds + fleet.status[slot]!]!++
    this.sumX[c]! += (fleet.x[slot]! - this.x[c]!) | 0
    this.sumY[c]! += fleet.y[slot]! - this.y[c]!
  }

  private open(slot: number, cellX: number, cellY: number): number {
    if (this.count === this.x.length) this.grow()
    const c = this.count++
    this.x[c] = this.fleet.x[slot]!
    this.y[c] = this.fleet.y[slot]!
    this.cellX[c] = cellX
    this.cellY[c] = cellY
    this.sizes[c] = 0
    this.sumX[c] = 0
    this.sumY[c] = 0
    this.states.fill(0, c * kinds, (c + 1) * kinds)
    return c
  }

  private rehash(): void {
    this.table = new Int32Array(this.table.length * 4)
    const mask = this.table.length - 1
    for (let c = 0; c < this.count; c++) {
      let at = (Math.imul(this.cellX[c]!, 73_856_093) ^ Math.imul(this.cellY[c]!, 19_349_663)) & mask
      while (this.table[at] !== 0) at = (at + 1) & mask
      this.table[at] = c + 1
    }
  }

  private grow(): void {
    const capacity = this.x.length * 2
    const bigger = <T extends { set(from: T): void }>(to: T, from: T): T => {
      to.set(from)
      return to
    }
    this.x = bigger(new Int32Array(capacity), this.x)
    this.y = bigger(new Int32Array(capacity), this.y)
    this.cellX = bigger(new Int32Array(capacity), this.cellX)
    this.cellY = bigger(new Int32Array(capacity), this.cellY)
    this.sizes = bigger(new Uint32Array(capacity), this.sizes)
    this.sumX = bigger(new Float64Array(capacity), this.sumX)
    this.sumY = bigger(new Float64Array(capacity), this.sumY)
    this.states = bigger(new Uint32Array(capacity * kinds), this.states)
  }
}

const stepOf = (zoom: number): number => Math.floor(zoom * 2) / 2

// bubble is the radius of a cluster's sign in CSS pixels.
export const bubble = (size: number): number => 12 + 3.5 * Math.log10(size)
