import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { inView, start } from './desk'
import { fleet, ready } from './state'

class FakeSocket {
  static readonly OPEN = 1
  static last: FakeSocket
  readyState = 1
  sent: unknown[] = []
  onopen: (() => void) | null = null
  onmessage: ((event: { data: string | ArrayBuffer }) => void) | null = null

  constructor() {
    FakeSocket.last = this
  }

  send(text: string) {
    this.sent.push(JSON.parse(text))
  }

  close() {}

  say(message: object | ArrayBuffer) {
    this.onmessage?.({ data: message instanceof ArrayBuffer ? message : JSON.stringify(message) })
  }
}

// A snapshot of moving vehicles with the ids 1 to count.
function snapshot(count: number): ArrayBuffer {
  const data = new ArrayBuffer(16 + 17 * count)
  const view = new DataView(data)
  view.setUint16(0, 0x4456)
  view.setUint8(2, 1)
  view.setUint8(3, 1)
  view.setUint32(4, count, true)
  view.setBigUint64(8, BigInt(Date.now()), true)
  for (let i = 0; i < count; i++) view.setUint32(16 + 4 * i, i + 1, true)
  new Uint8Array(data, 16 + 15 * count, count).fill(1)
  return data
}

function names(count: number) {
  const vehicles = Array.from({ length: count }, (_, i) => ({
    id: i + 1,
    name: `v${i}`,
    plate: '',
    group: '',
  }))
  return { type: 'vehicles', all: true, vehicles, removed: [] }
}

let end: () => void

function open(count: number) {
  end = start()
  FakeSocket.last.onopen?.()
  FakeSocket.last.say({ type: 'hello', server_time: Date.now(), interval_ms: 1000 })
  FakeSocket.last.say(names(count))
  FakeSocket.last.say(snapshot(count))
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('WebSocket', FakeSocket)
  vi.stubGlobal('location', { origin: 'http://here' })
  vi.stubGlobal('addEventListener', () => undefined)
  vi.stubGlobal('removeEventListener', () => undefined)
  inView.value = null
})

afterEach(() => {
  end()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const london: [number, number, number, number] = [-1, 51, 1, 52]

test('a fleet of 10,000 is sent whole, wherever the map looks', () => {
  open(10_000)
  inView.value = london
  expect(ready.value).toBe(true)
  expect(fleet.named).toBe(10_000)
  expect(FakeSocket.last.sent).toEqual([])
})

test('of a larger fleet only what is in view, and all of it every half minute for the list', () => {
  open(10_001)
  expect(FakeSocket.last.sent).toEqual([])
  inView.value = london
  expect(FakeSocket.last.sent).toEqual([{ type: 'view', bbox: london }])

  FakeSocket.last.sent = []
  FakeSocket.last.say(snapshot(3)) // what is in view; the others keep their places
  expect(fleet.located(fleet.slot(9000))).toBe(true)
  for (let s = 0; s < 31; s++) {
    FakeSocket.last.say({ type: 'vehicles', all: false, vehicles: [], removed: [] }) // the line is alive
    vi.advanceTimersByTime(1000)
  }
  expect(FakeSocket.last.sent).toEqual([{ type: 'view', bbox: null }, { type: 'snapshot' }])

  FakeSocket.last.sent = []
  FakeSocket.last.say(snapshot(10_001))
  expect(FakeSocket.last.sent).toEqual([{ type: 'view', bbox: london }])
})

test('ready only when names and places have come', () => {
  end = start()
  FakeSocket.last.onopen?.()
  FakeSocket.last.say(names(1))
  expect(ready.value).toBe(false)
  FakeSocket.last.say(snapshot(1))
  expect(ready.value).toBe(true)
})
