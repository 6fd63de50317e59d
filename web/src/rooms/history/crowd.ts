// The vehicles on the room's map, in the arrays that the map's layer draws: where each was at the moment shown.
import { effect, signal, untracked } from '@preact/signals'
import { mercatorX, mercatorY } from '../../fleet/mercator'
import { offlineAfter, Status } from '../../fleet/status'
import { Fleet } from '../../fleet/store'
import { headingKnown } from '../../live/frame'
import * as clock from './clock'
import type { Tracks } from './replay'
import * as room from './room'
import { momentOf, type Track } from './track'

const moving = 3 // km/h
const said = { [Status.Moving]: 1, [Status.Idle]: 2, [Status.Stopped]: 3, [Status.Offline]: 3 } as const

export class Crowd {
  readonly fleet = new Fleet()
  shown = new Uint32Array() // slots of those who were somewhere
  readonly where = new Map<number, { status: Status; speed: number; age: number }>() // by id

  // place puts everybody where they were. The main vehicle's own track is finer; the others then are dimmed.
  place(
    time: number,
    main: Track | null,
    others: Tracks | null,
    dimmed: boolean,
    name: (id: number) => string,
  ): void {
    const { fleet } = this
    const ids = new Set(others?.keys())
    if (main) ids.add(main.id)
    const fresh = [...ids].filter((id) => fleet.slot(id) < 0)
    if (fresh.length > 0)
      fleet.applyNames(
        false,
        fresh.map((id) => ({ id, name: name(id) })),
        [],
      )
    fleet.state.fill(0, 0, fleet.count)
    this.where.clear()
    const shown: number[] = []
    for (const id of ids) {
      const track = id === main?.id ? main : others!.get(id)!
      if (this.put(id, track, time, dimmed && id !== main?.id)) shown.push(fleet.slot(id))
    }
    this.shown = Uint32Array.from(shown)
  }

  // rename takes names over that came later than the vehicles.
  rename(name: (id: number) => string): void {
    const { fleet } = this
    for (let i = 0; i < fleet.count; i++) fleet.names[i] = name(fleet.ids[i]!)
  }

  private put(id: number, track: Track, time: number, dimmed: boolean): boolean {
    const moment = momentOf(track, time)
    if (!moment) return false
    const { fleet } = this
    const i = fleet.slot(id)
    const status = statusOf(moment.speed, moment.silent, moment.age / 1000)
    fleet.x[i] = fleet.fromX[i] = mercatorX(moment.longitude)
    fleet.y[i] = fleet.fromY[i] = mercatorY(moment.latitude)
    fleet.longitude[i] = Math.round(moment.longitude * 1e7)
    fleet.latitude[i] = Math.round(moment.latitude * 1e7)
    fleet.status[i] = status
    fleet.stale[i] = dimmed || moment.silent ? 1 : 0
    const heading = Number.isNaN(moment.course) ? 0 : headingKnown
    fleet.state[i] = said[status] | heading
    fleet.heading[i] = Math.round((moment.course / 360) * 256) & 255
    this.where.set(id, { status, speed: moment.speed, age: moment.age / 1000 })
    return true
  }
}

function statusOf(speed: number, silent: boolean, age: number): keyof typeof said {
  if (silent && age > offlineAfter) return Status.Offline
  return speed > moving && !silent ? Status.Moving : Status.Stopped
}

export const crowd = new Crowd()
export const counted = signal(0) // counts the placings

const rest = 250 // ms that the clock has to stand before it is asked for more

// keepPlacing puts the vehicles where they were whenever the moment changes. While their tracks are on the way,
// everybody stays and the clock waits.
export function keepPlacing(): () => void {
  const stopNaming = effect(() => {
    room.names.value
    crowd.rename(room.nameOf)
  })
  const stopPlacing = effect(() => {
    const time = clock.shownAt.value
    const { value: replay } = room.replay
    replay?.version.value
    const others = replay?.tracksAt(time) ?? null
    const missing = replay !== null && others === null && !replay.problem.value
    clock.waiting.value = missing
    if (missing && room.main.value === null) return
    crowd.place(time, room.track.value, others, room.main.value !== null, room.nameOf)
    counted.value = untracked(() => counted.value) + 1
  })
  let timer: ReturnType<typeof setTimeout> | undefined
  const stopRefining = effect(() => {
    const time = clock.time.value
    const { value: replay } = room.replay
    clearTimeout(timer)
    if (!replay || clock.playing.value || replay.version.value === 0) return
    timer = setTimeout(() => replay.refine(time), rest)
  })
  return () => {
    clearTimeout(timer)
    stopRefining()
    stopNaming()
    stopPlacing()
  }
}
