import { signal } from '@preact/signals'
import type { VehicleName } from '../fleet/store'
import { decodeFrame, type Frame } from './frame'

export interface VehiclesMessage {
  type: 'vehicles'
  all: boolean
  vehicles: VehicleName[] | null
  removed: number[] | null
}

// Notice says that something changed of which the page asks the API for the rest. "all" stands for whatever was missed.
export interface Notice {
  kind: 'command' | 'sms' | 'event' | 'modem' | 'sim' | 'all'
  id?: number | string
  vehicle_id?: number // 0: of no vehicle
}

export interface LineEvents {
  hello(serverTime: number, intervalMs: number): void
  vehicles(message: VehiclesMessage): void
  frame(frame: Frame): void
  notice(notice: Notice): void
  refused(): void // an attempt ended before the line was open: perhaps the session has ended
}

export type LineState = 'connecting' | 'live' | 'lost'

const firstDelay = 500
const longestDelay = 15_000
const silence = 5_000 // ms without a word until people are told
const longestAttempt = 10_000

// Line keeps one WebSocket to the server open. It reconnects after 0.5 s, doubling to 15 s, each ± half. An open
// line that is silent for 5 s is asked for a snapshot; if nothing comes for another 5 s it counts as dead.
export class Line {
  readonly state = signal<LineState>('connecting')
  private socket: WebSocket | null = null
  private attempts = 0
  private triedAt = 0
  private retry: ReturnType<typeof setTimeout> | undefined
  private watch: ReturnType<typeof setInterval> | undefined
  private heardAt = 0
  private asked = false

  constructor(
    private readonly url: string,
    private readonly events: LineEvents,
  ) {}

  start(): void {
    this.heardAt = Date.now()
    this.watch = setInterval(() => this.look(), 500)
    this.connect()
  }

  stop(): void {
    clearInterval(this.watch)
    clearTimeout(this.retry)
    this.drop()
  }

  // reconnect tries at once: the network is back, or someone asked for it.
  reconnect(): void {
    if (this.state.value === 'live') return
    clearTimeout(this.retry)
    this.attempts = 0
    this.drop()
    this.connect()
  }

  view(bbox: [number, number, number, number] | null): void {
    this.send({ type: 'view', bbox })
  }

  snapshot(): void {
    this.send({ type: 'snapshot' })
  }

  private send(message: object): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message))
  }

  private connect(): void {
    const socket = new WebSocket(this.url)
    socket.binaryType = 'arraybuffer'
    this.socket = socket
    this.triedAt = Date.now()
    let opened = false
    socket.onopen = () => {
      opened = true
      this.hear()
    }
    socket.onmessage = (event) => {
      this.hear()
      this.attempts = 0
      this.take(event.data)
    }
    socket.onclose = () => {
      if (this.socket !== socket) return
      if (!opened) this.events.refused()
      this.again()
    }
  }

  private take(data: string | ArrayBuffer): void {
    if (typeof data !== 'string') {
      this.state.value = 'live'
      this.events.frame(decodeFrame(data))
      return
    }
    const message = JSON.parse(data)
    if (message.type === 'hello') this.events.hello(message.server_time, message.interval_ms)
    else if (message.type === 'vehicles') this.events.vehicles(message)
    else if (message.type === 'notice') this.events.notice(message)
  }

  private hear(): void {
    this.heardAt = Date.now()
    this.asked = false
  }

  private look(): void {
    const quiet = Date.now() - this.heardAt
    if (quiet < silence) return
    if (this.socket?.readyState !== WebSocket.OPEN) {
      this.state.value = 'lost'
      if (this.socket && Date.now() - this.triedAt > longestAttempt) {
        this.drop()
        this.again()
      }
    } else if (!this.asked) {
      this.asked = true
      this.snapshot()
    } else if (quiet > 2 * silence) {
      this.state.value = 'lost'
      this.drop()
      this.again()
    }
  }

  private again(): void {
    this.socket = null
    const delay = Math.min(longestDelay, firstDelay * 2 ** this.attempts++)
    clearTimeout(this.retry)
    this.retry = setTimeout(() => this.connect(), delay * (0.5 + Math.random()))
  }

  private drop(): void {
    const socket = this.socket
    this.socket = null
    if (!socket) return
    socket.onopen = null
    socket.onmessage = null
    socket.onclose = null
    socket.close()
  }
}
