// Many vehicles on one clock. The server gives thinned tracks in chunks of time; the one that the clock is in and the
// next are kept at hand.
import { signal } from '@preact/signals'
import type { AtAnswer, PlayAnswer } from './read'
import { gapOf, type Track } from './track'
import { hour, minute, second } from './zone'

export type Tracks = Map<number, Track>

export interface Reader {
  at(time: number, abort: AbortSignal): Promise<AtAnswer>
  play(ids: number[], from: number, to: number, step: number, abort: AbortSignal): Promise<PlayAnswer>
}

const most = 4 // chunks kept
const points = 200_000 // that a chunk of the whole fleet should not exceed
const overlap = 5 * minute // of a chunk with the next, so that nobody halts at its end

// cut gives how long chunks are and how far their points lie apart, in ms and s.
export function cut(vehicles: number): { length: number; step: number } {
  const length = vehicles <= 10 ? 6 * hour : hour
  const step = Math.ceil((vehicles * (length / second)) / points)
  return { length, step: Math.min(300, Math.max(5, step)) }
}

interface Chunk {
  begin: number
  play: PlayAnswer
  at: AtAnswer[]
  tracks: Tracks
}

export class Replay {
  readonly version = signal(0) // counts the chunks that have come
  readonly problem = signal('')
  private readonly chunks = new Map<number, Chunk | null>() // null: on the way
  private readonly refined = new Set<number>() // moments
  private readonly abort = new AbortController()
  private readonly length: number
  private readonly step: number

  constructor(
    private readonly read: Reader,
    private readonly ids: number[], // none: all
    private readonly count: number, // about how many vehicles there are
    private readonly from: number,
    private readonly to: number,
  ) {
    const { length, step } = cut(count)
    this.length = length
    this.step = step
  }

  // tracksAt gives the tracks around a time if they are there, and sees to it that they will be.
  tracksAt(time: number): Tracks | null {
    const chunk = this.chunkOf(time)
    const there = this.want(chunk)
    if (there) this.want(chunk + 1)
    return there
  }

  // refine asks where everybody was at a moment, if it is so recent that the thinned tracks may not reach it.
  async refine(time: number): Promise<void> {
    const chunk = this.chunks.get(this.chunkOf(time))
    const now = Date.now()
    if (!chunk || time > now || time < now - lag || this.refined.has(time)) return
    if (this.refined.size >= mostRefined) return
    this.refined.add(time)
    try {
      chunk.at.push(await this.read.at(time, this.abort.signal))
      chunk.tracks = tracksOf(chunk.at, chunk.play, chunk.begin, new Set(this.ids))
      this.version.value++
    } catch {
      this.refined.delete(time) // what is there already stays
    }
  }

  close(): void {
    this.abort.abort()
  }

  retry(): void {
    this.problem.value = ''
    this.version.value++
  }

  private chunkOf(time: number): number {
    return Math.floor((Math.min(time, this.to - 1) - this.from) / this.length)
  }

  private want(chunk: number): Tracks | null {
    const begin = this.from + chunk * this.length
    const there = this.chunks.get(chunk)
    if (begin >= this.to || begin < this.from || this.problem.peek()) return there?.tracks ?? null
    if (there === undefined) this.load(chunk, begin)
    else if (there) {
      this.chunks.delete(chunk) // the least used is the first of the map
      this.chunks.set(chunk, there)
    }
    return there?.tracks ?? null
  }

  private async load(chunk: number, begin: number): Promise<void> {
    this.chunks.set(chunk, null)
    const end = Math.min(begin + this.length + overlap, this.to)
    const { signal } = this.abort
    try {
      const moments = [begin, ...recent(begin, end, Date.now(), this.count)]
      const [play, ...at] = await Promise.all([
        this.read.play(this.ids, begin, end, this.step, signal),
        ...moments.map((moment) => this.read.at(moment, signal)),
      ])
      this.chunks.set(chunk, { begin, play, at, tracks: tracksOf(at, play, begin, new Set(this.ids)) })
      for (const [key, there] of this.chunks) {
        if (this.chunks.size <= most) break
        if (there && key !== chunk) this.chunks.delete(key)
      }
    } catch (error) {
      if (signal.aborted) return
      this.chunks.delete(chunk)
      this.problem.value = (error as Error).message
    }
    this.version.value++
  }
}

const mostRefined = 200 // moments
const lag = 25 * minute // by which the server's thinned tracks may be behind

// recent are the moments at which everybody's place is asked for because the thinned tracks may not reach that far.
export function recent(begin: number, end: number, now: number, vehicles: number): number[] {
  const from = Math.max(begin, now - lag)
  const until = Math.min(end, now)
  if (until <= from) return []
  const times = vehicles > 2000 ? 2 : 12
  return Array.from({ length: times }, (_, n) => from + ((until - from) * (n + 1)) / times)
}

type Said = PlayAnswer['vehicles'][number]
type Fix = AtAnswer['items'][number]['fix']

// tracksOf makes tracks of what was played, and of the fixes before and after it: where everybody was when the chunk
// began, and where the tracks do not reach yet.
export function tracksOf(at: AtAnswer[], play: PlayAnswer, begin: number, ids: Set<number>): Tracks {
  const none = { latitude: [], longitude: [], speed_kmh: [], course_deg: [], time_s: [] }
  const played = new Map<number, Said>((play.vehicles ?? []).map((said) => [said.id, said]))
  const around = new Map<number, Map<number, Fix>>() // by vehicle and time
  for (const { vehicle, fix } of at.flatMap((answer) => answer.items ?? [])) {
    if (vehicle === null || !fix.time || fix.latitude === null || fix.longitude === null) continue
    if (ids.size > 0 && !ids.has(vehicle)) continue
    const fixes = around.get(vehicle) ?? new Map<number, Fix>()
    around.set(vehicle, fixes.set(Date.parse(fix.time), fix))
    if (!played.has(vehicle)) played.set(vehicle, { id: vehicle, ...none })
  }
  const tracks: Tracks = new Map()
  for (const [id, said] of played) tracks.set(id, trackWith(said, begin, around.get(id) ?? new Map()))
  return tracks
}

const known = (value: unknown): number => (typeof value === 'number' ? value : Number.NaN)

function trackWith(said: Said, begin: number, around: Map<number, Fix>): Track {
  const time = said.time_s.map((s) => begin + s * second)
  const [first, last] = [time[0] ?? Number.POSITIVE_INFINITY, time.at(-1) ?? Number.NEGATIVE_INFINITY]
  const sorted = [...around].sort((a, b) => a[0] - b[0])
  const lead = sorted.filter(([t]) => t < first)
  const tail = first > last ? [] : sorted.filter(([t]) => t > last)
  const column = (of: (fix: Fix) => unknown, between: (number | null)[]) => [
    ...lead.map(([, fix]) => known(of(fix))),
    ...between.map(known),
    ...tail.map(([, fix]) => known(of(fix))),
  ]
  const times = Float64Array.from([...lead.map(([t]) => t), ...time, ...tail.map(([t]) => t)])
  return {
    id: said.id,
    time: times,
    longitude: Float64Array.from(column((f) => f.longitude, said.longitude)),
    latitude: Float64Array.from(column((f) => f.latitude, said.latitude)),
    speed: Float32Array.from(column((f) => f.speed_kmh, said.speed_kmh)),
    course: Float32Array.from(column((f) => f.course_deg, said.course_deg)),
    values: new Map(),
    gap: gapOf(times),
  }
}
