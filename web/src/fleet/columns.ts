const firstCapacity = 256

// Columns are the arrays that hold the vehicles, a slot each. They double when they are full.
export class Columns {
  count = 0 // slots in use
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
  kind = new Uint8Array(firstCapacity) // Kind, worked out by tick
  fixedAt = new Float64Array(firstCapacity) // server's time of the last report in ms, NaN if there is none
  interval = new Float32Array(firstCapacity) // s between the last two fixes seen, 0 if unknown
  rank = new Uint32Array(firstCapacity) // place in the order of names
  byRank = new Uint32Array(firstCapacity) // the slot at each place
  branch = new Uint32Array(firstCapacity) // place of its group in the tree
  names: string[] = []
  plates: string[] = []
  groups: string[] = []
  drivers: string[] = []
  identities: string[] = []
  phones: string[] = []
  texts: string[] = [] // lower case, for the search

  protected columns() {
    const { ids, longitude, latitude, x, y, fromX, fromY, speed, heading, state, status, stale, kind } = this
    return [
      ...[ids, longitude, latitude, x, y, fromX, fromY, speed, heading, state, status, stale, kind],
      ...[this.fixedAt, this.interval, this.rank],
    ]
  }

  protected wordColumns(): string[][] {
    const { names, plates, groups, drivers, identities, phones, texts } = this
    return [names, plates, groups, drivers, identities, phones, texts]
  }

  protected grow(): void {
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
    this.kind = bigger(Uint8Array, this.kind)
    this.branch = bigger(Uint32Array, this.branch)
  }
}
