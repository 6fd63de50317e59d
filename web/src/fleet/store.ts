import { signal } from '@preact/signals'
import { ageSeconds, alarmFlag, type Frame, invalidFlag, stateMask, unknownSpeed } from '../live/frame'
import { mercatorX, mercatorY } from './mercator'
import { offlineAfter, Status, staleAfter } from './status'

export interface VehicleName {
  id: number
  name: string
  plate?: string | null
  group?: string | null
}

const firstCapacity = 256
const states: Record<number, Status> = { 1: Status.Moving, 2: Status.Idle, 3: Status.Stopped }

// Fleet holds every vehicle in typed arrays, one slot each, outside the framework: a tick of 50,000 vehicles makes
// no garbage. Whoever shows vehicles reads `version` and then the arrays. A slot is valid until the next change of
// the set of vehicles; ids last.
export class Fleet {
  readonly version = signal(0)
  readonly counts = new Uint32Array(6) // by Status
  count = 0 // slots in use
  named = 0 // vehicles that the server has named; only they are shown

  ids = new Uint32Array(firstCapacity)
  longitude = new Int32Array(firstCapacity) // degrees × 10⁷
  latitude = new Int32Array(firstCapacity)
  x = new Int32Array(firstCapacity) // Mercator, see mercator.ts
  y = new Int32Array(firstCapacity)
  fromX = new Int32Array(firstCapacity) // where it was shown when the last frame came
  fromY = new Int32Array(firstCapacity)
  speed = new Uint16Array(firstCapacity)
  heading = new Uint8Array(firstCapacity)
  state = new Uint8Array(firstCapacity) // as in the frame
  status = new Uint8Array(firstCapacity) // Status, worked out by tick
  stale = new Uint8Array(firstCapacity)
  fixedAt = new Float64Array(firstCapacity) // server's time of the last report in ms, NaN if there is none
  interval = new Float32Array(firstCapacity) // s between the last two fixes seen, 0 if unknown
  rank = new Uint32Array(firstCapacity) // place in the order of names
  byRank = new Uint32Array(firstCapacity) // the slot at each place
  names: string[] = []
  plates: string[] = []
  groups: string[] = []
  texts: string[] = [] // lower case, for the search

  movedAt = 0 // performance.now() of the last frame
  glide = 1000 // ms from one place to the next
  private readonly slots = new Map<number, number>()
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
      this.texts[i] = `${v.name} ${v.plate ?? ''} ${v.group ?? ''}`.toLowerCase()
    }
    if (vehicles.length > 0) this.unranked = true
    this.tick()
  }

  // applyFrame takes a frame over. whole says that a snapshot holds all there is, not only what is in view.
  applyFrame(frame: Frame, whole = true): void {
    const now = performance.now()
    const progress = this.progress(now)
    for (let i = 0; i < this.count; i++) {
      const x = this.shownX(i, progress)
      this.fromY[i] = this.shownY(i, progress)
      this.fromX[i] = x
    }
    this.movedAt = now
    this.setClock(frame.serverTime)
    if (frame.kind === 'snapshot' && whole) this.forgetPlaces()
    for (let n = 0; n < frame.count; n++) this.applyVehicle(frame, n)
    this.tick()
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
      this.stale[i] = age > Math.max(staleAfter, 2 * this.interval[i]!) ? 1 : 0
      if (this.names[i] !== '') this.counts[status]!++
    }
    this.version.value++
  }

  clear(): void {
    this.slots.clear()
    this.count = 0
    this.named = 0
    this.names = []
    this.plates = []
    this.groups = []
    this.texts = []
    this.tick()
  }

  private applyVehicle(frame: Frame, n: number): void {
    const i = this.take(frame.ids[n]!)
    const wasPlaced = this.located(i)
    this.state[i] = frame.state[n]!
    this.speed[i] = frame.speed[n]!
    this.heading[i] = frame.heading[n]!
    const code = frame.age[n]!
    const fixedAt = frame.serverTime - ageSeconds(code) * 1000
    const step = (fixedAt - this.fixedAt[i]!) / 1000
    if (step > 1 && step < 3600) this.interval[i] = step
    // An age is the start of its step: the same fix seen again must not look newer than it was.
    const sameStep = step >= 0 && step < ageSeconds(code + 1) - ageSeconds(code) && code >= 120
    if (!sameStep) this.fixedAt[i] = fixedAt
    if (!this.located(i)) return
    this.longitude[i] = frame.longitude[n]!
    this.latitude[i] = frame.latitude[n]!
    this.x[i] = mercatorX(frame.longitude[n]! / 1e7)
    this.y[i] = mercatorY(frame.latitude[n]! / 1e7)
    if (!wasPlaced) {
      this.fromX[i] = this.x[i]!
      this.fromY[i] = this.y[i]!
    }
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
    this.names[i] = ''
    this.plates[i] = ''
    this.groups[i] = ''
    this.texts[i] = ''
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
    for (const words of [this.names, this.plates, this.groups, this.texts]) {
      words[i] = words[last]!
      words.length = last
    }
    this.slots.delete(id)
    if (i !== last) this.slots.set(this.ids[i]!, i)
  }

  private columns() {
    const { ids, longitude, latitude, x, y, fromX, fromY, speed, heading, state, status, stale } = this
    return [
      ...[ids, longitude, latitude, x, y, fromX, fromY, speed, heading, state, status, stale],
      ...[this.fixedAt, this.interval, this.rank],
    ]
  }

  private grow(): void {
    const capacity = this.ids.length * 2
    const bigger = <T extends { set(from: T): void }>(make: new (n: number) => T, from: T): T => {
      const to = new make(capacity)
      to.set(from)
      return to
    }
    this.ids = bigger(Uint32Array, this.ids)
    this.longitude = bigger(Int32Array, this.longitude)
    this.latitude = bigger(Int32Array, this.latitude)
    this.x = bigger(Int32Array, this.x)
    this.y = bigger(Int32Array, this.y)
    this.fromX = bigger(Int32Array, this.fromX)
    this.fromY = bigger(Int32Array, this.fromY)
    this.speed = bigger(Uint16Array, this.speed)
    this.heading = bigger(Uint8Array, this.heading)
    this.state = bigger(Uint8Array, this.state)
    this.status = bigger(Uint8Array, this.status)
    this.stale = bigger(Uint8Array, this.stale)
    this.fixedAt = bigger(Float64Array, this.fixedAt)
    this.interval = bigger(Float32Array, this.interval)
    this.rank = bigger(Uint32Array, this.rank)
    this.byRank = bigger(Uint32Array, this.byRank)
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
  }
}

function statusOf(state: number, age: number): Status {
  if (state & alarmFlag) return Status.Alarm
  const shown = states[state & stateMask]
  if (shown === undefined) return Status.Nowhere
  return age > offlineAfter ? Status.Offline : shown
}
