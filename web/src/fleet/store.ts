import { signal } from '@preact/signals'
import { ageSeconds, type Frame, invalidFlag, stateMask, unknownSpeed } from '../live/frame'
import { Columns } from './columns'
import { mercatorX, mercatorY } from './mercator'
import { searchText } from './search'
import { kindKeys, kindOf, staleAfter, statusOf } from './status'
import { type Group, growTree } from './tree'

export interface VehicleName {
  id: number
  name: string
  plate?: string | null
  group?: string | null // its path: North/Depot 2
  driver?: string | null
  identity?: string | null // of its device
  phone?: string | null // of its device's SIM
}

// Fleet holds every vehicle in typed arrays, one slot each, outside the framework: a tick of 50,000 vehicles makes
// no garbage. Whoever shows vehicles reads `version` and then the arrays. A slot is valid until the next change of
// the set of vehicles; ids last.
export class Fleet extends Columns {
  readonly version = signal(0)
  readonly counts = new Uint32Array(kindKeys.length) // by Kind
  named = 0 // vehicles that the server has named; only they are shown

  tree: Group[] = []
  movedAt = 0 // performance.now() of the last frame
  glide = 1000 // ms from one place to the next
  private readonly slots = new Map<number, number>()
  private order = new Uint32Array(this.ids.length) // the slots of the last frame's vehicles
  private clockOffset = 0 // server's time − ours, ms
  private unranked = false

  slot(id: number): number {
    return this.slots.get(id) ?? -1
  }

  serverNow(): number {
    return Date.now() + this.clockOffset
  }

  setClock(serverTime: number): void {
    this.clockOffset = serverTime - Date.now()
  }

  // age of the vehicle's last report in s, NaN if it has none.
  age(slot: number): number {
    return Math.max(0, (this.serverNow() - this.fixedAt[slot]!) / 1000)
  }

  located(slot: number): boolean {
    return (this.state[slot]! & stateMask) !== 0
  }

  approximate(slot: number): boolean {
    return (this.state[slot]! & invalidFlag) !== 0
  }

  // km/h, NaN if unknown.
  speedOf(slot: number): number {
    const raw = this.speed[slot]!
    return raw === unknownSpeed ? Number.NaN : raw / 10
  }

  // progress of the glide at a moment of performance.now(): 0 where vehicles were, 1 where they are.
  progress(now: number): number {
    return Math.min(1, Math.max(0, (now - this.movedAt) / this.glide))
  }

  shownX(slot: number, progress: number): number {
    const back = (this.fromX[slot]! - this.x[slot]!) | 0
    return (this.x[slot]! + Math.round(back * (1 - progress))) | 0
  }

  shownY(slot: number, progress: number): number {
    return this.y[slot]! + Math.round((this.fromY[slot]! - this.y[slot]!) * (1 - progress))
  }

  applyNames(all: boolean, vehicles: VehicleName[], removed: number[]): void {
    if (all) {
      const kept = new Set(vehicles.map((v) => v.id))
      for (const id of [...this.slots.keys()]) if (!kept.has(id)) this.remove(id)
    }
    for (const id of removed) this.remove(id)
    for (const v of vehicles) {
      const i = this.take(v.id)
      if (this.names[i] === '') this.named++
      this.names[i] = v.name || `#${v.id}`
      this.plates[i] = v.plate ?? ''
      this.groups[i] = v.group ?? ''
      this.drivers[i] = v.driver ?? ''
      this.identities[i] = v.identity ?? ''
      this.phones[i] = v.phone ?? ''
      this.texts[i] = searchText(v)
    }
    if (vehicles.length > 0) this.unranked = true
    this.tick()
  }

  // applyFrame takes a frame over. whole says that a snapshot holds all there is, not only what is in view.
  applyFrame(frame: Frame, whole = true): void {
    const now = performance.now()
    this.settle(this.progress(now))
    this.movedAt = now
    this.setClock(frame.serverTime)
    if (frame.kind === 'snapshot' && whole) this.forgetPlaces()
    if (this.order.length < frame.count) this.order = new Uint32Array(frame.count)
    for (let n = 0; n < frame.count; n++) {
      const id = frame.ids[n]!
      const guess = this.order[n]! // frames name vehicles in much the same order
      const slot = guess < this.count && this.ids[guess] === id ? guess : this.take(id)
      this.order[n] = slot
      this.applyVehicle(frame, n, slot)
    }
    this.tick()
  }

  // settle makes the places where vehicles are shown now those from which they glide on.
  private settle(progress: number): void {
    const { count, x, y, fromX, fromY } = this
    if (progress >= 1) {
      fromX.set(count === x.length ? x : x.subarray(0, count))
      fromY.set(count === y.length ? y : y.subarray(0, count))
      return
    }
    const back = 1 - progress
    for (let i = 0; i < count; i++) {
      if (fromX[i] === x[i] && fromY[i] === y[i]) continue
      fromX[i] = (x[i]! + ((fromX[i]! - x[i]!) | 0) * back) | 0
      fromY[i] = y[i]! + (fromY[i]! - y[i]!) * back
    }
  }

  // tick works out what depends on the time that has passed, and tells whoever looks.
  tick(): void {
    if (this.unranked) this.rankNames()
    this.counts.fill(0)
    const now = this.serverNow()
    for (let i = 0; i < this.count; i++) {
      const age = (now - this.fixedAt[i]!) / 1000
      const status = statusOf(this.state[i]!, age)
      this.status[i] = status
      const stale = age > Math.max(staleAfter, 2 * this.interval[i]!)
      this.stale[i] = stale ? 1 : 0
      const kind = kindOf(status, stale, this.approximate(i))
      this.kind[i] = kind
      if (this.names[i] !== '') this.counts[kind]!++
    }
    this.version.value++
  }

  clear(): void {
    this.slots.clear()
    this.count = 0
    this.named = 0
    for (const words of this.wordColumns()) words.length = 0
    this.unranked = true
    this.tick()
  }

  private applyVehicle(frame: Frame, n: number, i: number): void {
    const wasPlaced = this.located(i)
    this.state[i] = frame.state[n]!
    this.speed[i] = frame.speed[n]!
    this.heading[i] = frame.heading[n]!
    this.noteTime(i, frame.serverTime, frame.age[n]!)
    if (!this.located(i)) return
    const longitude = frame.longitude[n]!
    const latitude = frame.latitude[n]!
    if (longitude !== this.longitude[i] || !wasPlaced) {
      this.longitude[i] = longitude
      this.x[i] = mercatorX(longitude / 1e7)
    }
    if (latitude !== this.latitude[i] || !wasPlaced) {
      this.latitude[i] = latitude
      this.y[i] = mercatorY(latitude / 1e7)
    }
    if (!wasPlaced) {
      this.fromX[i] = this.x[i]!
      this.fromY[i] = this.y[i]!
    }
  }

  // noteTime takes over when the vehicle last reported, as the code of an age says it.
  private noteTime(i: number, serverTime: number, code: number): void {
    const fixedAt = serverTime - ageSeconds(code) * 1000
    const step = (fixedAt - this.fixedAt[i]!) / 1000
    if (step > 1 && step < 3600) this.interval[i] = step
    // An age is the start of its step: the same fix seen again must not look newer than it was.
    if (code >= 120 && step >= 0 && step < ageSeconds(code + 1) - ageSeconds(code)) return
    this.fixedAt[i] = fixedAt
  }

  private forgetPlaces(): void {
    this.state.fill(0, 0, this.count)
  }

  private take(id: number): number {
    const known = this.slots.get(id)
    if (known !== undefined) return known
    if (this.count === this.ids.length) this.grow()
    const i = this.count++
    this.slots.set(id, i)
    this.unranked = true
    this.ids[i] = id
    this.state[i] = 0
    this.fixedAt[i] = Number.NaN
    this.interval[i] = 0
    for (const words of this.wordColumns()) words[i] = ''
    return i
  }

  // remove puts the last slot in the place of the one that goes.
  private remove(id: number): void {
    const i = this.slots.get(id)
    if (i === undefined) return
    this.unranked = true
    if (this.names[i] !== '') this.named--
    const last = --this.count
    for (const column of this.columns()) column[i] = column[last]!
    for (const words of this.wordColumns()) {
      words[i] = words[last]!
      words.length = last
    }
    this.slots.delete(id)
    if (i !== last) this.slots.set(this.ids[i]!, i)
  }

  // Comparing names by the language's rules is slow (170 ms for 50,000), so it is done once and kept as a number.
  private rankNames(): void {
    const { compare } = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })
    const order = Array.from({ length: this.count }, (_, i) => i)
    order.sort((a, b) => compare(this.names[a]!, this.names[b]!) || this.ids[a]! - this.ids[b]!)
    for (let n = 0; n < order.length; n++) {
      this.rank[order[n]!] = n
      this.byRank[n] = order[n]!
    }
    this.unranked = false
    this.growTree()
  }

  private growTree(): void {
    const named = this.names.flatMap((name, i) => (name === '' ? [] : [this.groups[i]!]))
    this.tree = growTree(new Set(named))
    const places = new Map(this.tree.map((group, place) => [group.path, place]))
    for (let i = 0; i < this.count; i++) this.branch[i] = places.get(this.groups[i]!) ?? 0
  }
}
