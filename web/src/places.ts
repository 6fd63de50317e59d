// The names of places on earth, for the vehicles that are in sight: asked of the server one by one, at most a few a
// second, and kept by a grid of about 100 m. A server that has no names for places is not asked again.
import { signal } from '@preact/signals'
import { call, Problem } from './api'
import type { Fleet } from './fleet/store'

const perDegree = 1000
const pause = 300 // ms between two questions
const most = 4000 // names that are kept
const waitingMost = 60

interface Place {
  place: string
}

export class Places {
  readonly version = signal(0) // counts the names that came
  private readonly names = new Map<string, string>()
  private readonly last = new Map<number, string>() // by vehicle, shown until the next name is there
  private readonly waiting = new Map<string, { latitude: number; longitude: number }>()
  private timer: ReturnType<typeof setTimeout> | undefined
  private off = false

  constructor(private readonly ask: (latitude: number, longitude: number) => Promise<string>) {}

  // of gives the name of where a vehicle is, or was when it was last asked for; '' if it is not known (yet).
  of(fleet: Fleet, slot: number): string {
    this.version.value
    const id = fleet.ids[slot]!
    if (!fleet.located(slot)) return ''
    const latitude = Math.round((fleet.latitude[slot]! / 1e7) * perDegree) / perDegree
    const longitude = Math.round((fleet.longitude[slot]! / 1e7) * perDegree) / perDegree
    const key = `${latitude} ${longitude}`
    const name = this.names.get(key)
    if (name === undefined) {
      this.want(key, latitude, longitude)
      return this.last.get(id) ?? ''
    }
    if (this.last.get(id) !== name) {
      this.last.delete(id)
      this.last.set(id, name)
      trim(this.last, most)
    }
    return name
  }

  // What is wanted last is in sight now, so it is asked first; what waits too long is forgotten.
  private want(key: string, latitude: number, longitude: number): void {
    if (this.off) return
    this.waiting.delete(key)
    this.waiting.set(key, { latitude, longitude })
    trim(this.waiting, waitingMost)
    this.timer ??= setTimeout(() => this.next(), 0)
  }

  private async next(): Promise<void> {
    const [key, at] = [...this.waiting].at(-1) ?? []
    if (key === undefined || !at || this.off) {
      this.timer = undefined
      return
    }
    this.waiting.delete(key)
    try {
      this.names.set(key, await this.ask(at.latitude, at.longitude))
      trim(this.names, most)
      this.version.value++
    } catch (error) {
      this.off = error instanceof Problem && (error.status === 404 || error.status === 403)
    }
    this.timer = setTimeout(() => this.next(), pause)
  }
}

function trim(map: Map<unknown, unknown>, most: number): void {
  while (map.size > most) map.delete(map.keys().next().value)
}

export const places = new Places(async (latitude, longitude) => {
  const answer = await call<Place>('GET', `/api/place?latitude=${latitude}&longitude=${longitude}`)
  return answer.place
})
