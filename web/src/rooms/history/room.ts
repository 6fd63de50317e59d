// What the room shows, as signals, and the reading of it.
import { batch, computed, effect, signal, untracked } from '@preact/signals'
import { zone as chosenZone } from '../../format'
import { go, query } from '../../route'
import { defaultCharts, longFrom, readView, type View, writeView } from './address'
import * as clock from './clock'
import { around, type Box } from './line'
import { type ListedVehicle, readAt, readDay, readFixes, readPlay } from './read'
import { Replay } from './replay'
import { type Day, legsOf, spansOf } from './segments'
import { type Track, trackOf } from './track'

export const path = '/history'

export const vehicles = signal<number[]>([])
export const main = computed(() => vehicles.value[0] ?? null)
export const charts = signal<string[]>(defaultCharts)
export const follow = signal(false)
export const wholeFleet = signal(false) // around the chosen vehicles the others are shown too
export const day = signal<Day | null>(null)
export const track = signal<Track | null>(null)
export const busy = signal<{ value?: number } | null>(null)
export const problem = signal('')
export const names = signal<Map<number, ListedVehicle>>(new Map())
export const fleetSize = signal(0)
export const sheet = signal<'low' | 'half' | 'full'>('half') // how far the phone's sheet is up

// RoomMap is what the map does for the rest of the room, which does not load its code.
export interface RoomMap {
  close(): void
  picture(): Promise<string> // of the map by day, as an address of data
  fit(): void
  show(from: number, to: number): void // where the vehicle was then
  zoom(by: number): void
}

export const map = signal<RoomMap | null>(null)
export const extent = signal<Box | null>(null) // of a long time, as far as it is known

const round = signal(0) // counts the attempts

export const zone = computed(() => chosenZone.value || Intl.DateTimeFormat().resolvedOptions().timeZone)

// A day is read fix by fix; what is long is drawn as tiles; without a vehicle the whole fleet is on the clock.
export const mode = computed<'day' | 'fleet' | 'long'>(() => {
  if (clock.to.value - clock.from.value > longFrom) return 'long'
  return main.value === null ? 'fleet' : 'day'
})

export const legs = computed(() => (day.value ? legsOf(day.value) : []))
export const spans = computed(() => (day.value ? spansOf(day.value) : []))

// driven is from the first fix to the last: what there is to play.
export const driven = computed((): [number, number] => {
  const times = track.value?.time
  if (mode.value !== 'day' || !times?.length) return [clock.from.value, clock.to.value]
  return [times[0]!, times.at(-1)!]
})

// replay is the others on the clock; null while nobody else is shown.
export const replay = signal<Replay | null>(null)

export const nameOf = (id: number): string => names.value.get(id)?.name || `#${id}`

export function reload(): void {
  round.value++
}

export function choose(ids: number[]): void {
  vehicles.value = ids
}

// open shows a vehicle's day at a moment.
export function open(ids: number[], from: number, to: number, time = Number.NaN): void {
  batch(() => {
    vehicles.value = ids
    clock.setSpan(from, to, time)
  })
}

export function playOrPause(): void {
  clock.play(!clock.playing.value, ...driven.value)
}

// enter keeps the room's state and the address in step, and reads what has to be shown, until it is left.
export function enter(): () => void {
  const ends = [keepAddress(), keepDay(), keepReplay(), keepExtent(), clock.runClock()]
  return () => {
    for (const end of ends) end()
    clock.playing.value = false
  }
}

function viewNow(): View {
  return {
    vehicles: vehicles.value,
    from: clock.from.value,
    to: clock.to.value,
    time: clock.time.value > clock.from.value ? clock.time.value : Number.NaN,
    speed: clock.speed.value,
    charts: charts.value,
  }
}

const settled = 400 // ms: the address follows the clock in steps, since browsers limit how often it may change

function keepAddress(): () => void {
  let written = ''
  const stopReading = effect(() => {
    const search = `?${query.value}`
    if (location.pathname !== path || search === written) return
    written = search
    untracked(() => take(readView(search, Date.now(), zone.value)))
  })
  let place = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  const write = () => {
    if (location.pathname !== path) return
    const view = untracked(viewNow)
    const here = `${view.vehicles} ${view.from} ${view.to}`
    const step = place !== '' && here !== place // Back undoes another vehicle or day
    place = here
    const search = writeView(view)
    written = `?${new URLSearchParams(search)}`
    if (written !== `?${new URLSearchParams(location.search)}`) go(path + search, !step)
  }
  const stopWriting = effect(() => {
    viewNow()
    clearTimeout(timer)
    timer = setTimeout(write, settled)
  })
  return () => {
    clearTimeout(timer)
    stopReading()
    stopWriting()
  }
}

function take(view: View): void {
  batch(() => {
    if (String(view.vehicles) !== String(vehicles.value)) vehicles.value = view.vehicles
    clock.setSpan(view.from, view.to, view.time)
    clock.speed.value = view.speed
    charts.value = view.charts
  })
}

function keepDay(): () => void {
  return effect(() => {
    const [id, from, to, kind] = [main.value, clock.from.value, clock.to.value, mode.value]
    round.value
    batch(() => {
      day.value = null
      track.value = null
      problem.value = ''
      busy.value = null
    })
    if (id === null || kind !== 'day') return
    const abort = new AbortController()
    untracked(() => loadDay(id, from, to, abort.signal)).catch((error: Error) => {
      if (abort.signal.aborted) return
      busy.value = null
      problem.value = error.message
    })
    return () => abort.abort()
  })
}

async function loadDay(id: number, from: number, to: number, abort: AbortSignal): Promise<void> {
  busy.value = {}
  const said = await readDay(id, from, to, abort)
  if (abort.aborted) return
  day.value = said
  const fixes =
    said.fixes === 0
      ? []
      : await readFixes(id, from, to, abort, (n) => {
          busy.value = { value: Math.min(1, n / said.fixes) }
        })
  if (abort.aborted) return
  batch(() => {
    track.value = trackOf(id, fixes)
    busy.value = null
    if (clock.time.value <= from) clock.setTime(driven.value[0])
  })
}

// keepReplay brings the other vehicles: those that were chosen too, or all.
function keepReplay(): () => void {
  return effect(() => {
    const [from, to, kind] = [clock.from.value, clock.to.value, mode.value]
    const all = kind === 'fleet' || wholeFleet.value
    const ids = all ? [] : vehicles.value.slice(1)
    round.value
    if (kind === 'long' || (!all && ids.length === 0)) {
      replay.value = null
      return
    }
    const count = all ? Math.max(50, fleetSize.peek()) : ids.length
    const next = new Replay({ at: readAt, play: readPlay }, ids, count, from, to)
    replay.value = next
    return () => next.close()
  })
}

// keepExtent asks where the fleet was at the end of a long time; of one vehicle its days tell.
function keepExtent(): () => void {
  return effect(() => {
    const end = Math.min(clock.to.value, Date.now())
    clock.from.value
    extent.value = null
    if (mode.value !== 'long' || main.value !== null) return
    const abort = new AbortController()
    readAt(end, abort.signal).then(
      ({ items }) => {
        let box: Box | null = null
        for (const { fix } of items) {
          const [x, y] = [fix.longitude, fix.latitude]
          if (x !== null && y !== null) box = around(box, [x, y, x, y])
        }
        extent.value = box
      },
      () => undefined, // the reader finds the tracks by hand
    )
    return () => abort.abort()
  })
}
