import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Line, type LineEvents } from './line'

class FakeSocket {
  static readonly OPEN = 1
  static all: FakeSocket[] = []
  readyState = 0
  sent: string[] = []
  binaryType = ''
  onopen: (() => void) | null = null
  onclose: (() => void) | null = null
  onmessage: ((event: { data: string | ArrayBuffer }) => void) | null = null

  constructor(readonly url: string) {
    FakeSocket.all.push(this)
  }

  static get last(): FakeSocket {
    return FakeSocket.all.at(-1)!
  }

  open() {
    this.readyState = 1
    this.onopen?.()
  }

  say(data: string | ArrayBuffer) {
    this.onmessage?.({ data })
  }

  send(data: string) {
    this.sent.push(data)
  }

  close() {
    this.readyState = 3
    this.onclose?.()
  }
}

const empty = Uint8Array.from('4456010200000000002227cb9e010000'.match(/../g)!, (b) =>
  Number.parseInt(b, 16),
).buffer

let line: Line
let events: { [K in keyof LineEvents]: ReturnType<typeof vi.fn> }

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('WebSocket', FakeSocket)
  vi.spyOn(Math, 'random').mockReturnValue(0.5)
  FakeSocket.all = []
  events = { hello: vi.fn(), vehicles: vi.fn(), frame: vi.fn(), notice: vi.fn(), refused: vi.fn() }
  line = new Line('ws://here/api/live', events as unknown as LineEvents)
  line.start()
})

afterEach(() => {
  line.stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

test('hands on what the server says', () => {
  FakeSocket.last.open()
  FakeSocket.last.say('{"type":"hello","server_time":5,"interval_ms":1000}')
  FakeSocket.last.say('{"type":"vehicles","all":true,"vehicles":[],"removed":[]}')
  FakeSocket.last.say('{"type":"notice","kind":"command","id":12,"vehicle_id":3}')
  FakeSocket.last.say('{"type":"of a server to come"}')
  expect(line.state.value).toBe('connecting')
  FakeSocket.last.say(empty)
  expect(line.state.value).toBe('live')
  expect(events.hello).toHaveBeenCalledWith(5, 1000)
  expect(events.vehicles).toHaveBeenCalledOnce()
  expect(events.notice).toHaveBeenCalledWith({ type: 'notice', kind: 'command', id: 12, vehicle_id: 3 })
  expect(events.frame.mock.calls[0]![0].kind).toBe('changes')
})

test('a line that ends is opened again after 0.5 s, doubling to 15 s', () => {
  FakeSocket.last.open()
  FakeSocket.last.say(empty)
  const waits: number[] = []
  for (let n = 0; n < 8; n++) {
    const before = FakeSocket.all.length
    FakeSocket.last.close()
    let waited = 0
    while (FakeSocket.all.length === before) {
      vi.advanceTimersByTime(100)
      waited += 100
    }
    waits.push(waited)
  }
  expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000])
  expect(events.refused).toHaveBeenCalledTimes(7)
  FakeSocket.last.open()
  FakeSocket.last.say(empty)
  const before = FakeSocket.all.length
  FakeSocket.last.close()
  vi.advanceTimersByTime(500)
  expect(FakeSocket.all.length).toBe(before + 1)
})

test('is lost after 5 s without a connection, not before, and back with the next frame', () => {
  FakeSocket.last.open()
  FakeSocket.last.say(empty)
  FakeSocket.last.close()
  vi.advanceTimersByTime(4400)
  expect(line.state.value).toBe('live')
  vi.advanceTimersByTime(1100)
  expect(line.state.value).toBe('lost')
  line.reconnect()
  FakeSocket.last.open()
  expect(line.state.value).toBe('lost')
  FakeSocket.last.say(empty)
  expect(line.state.value).toBe('live')
})

test('a silent line is asked for a snapshot; quiet vehicles are not a lost line', () => {
  FakeSocket.last.open()
  FakeSocket.last.say(empty)
  for (let n = 0; n < 10; n++) {
    vi.advanceTimersByTime(5500)
    expect(FakeSocket.last.sent.at(-1)).toBe('{"type":"snapshot"}')
    FakeSocket.last.say(empty)
  }
  expect(line.state.value).toBe('live')
  expect(FakeSocket.all.length).toBe(1)
})

test('a line that does not answer is dead', () => {
  FakeSocket.last.open()
  FakeSocket.last.say(empty)
  vi.advanceTimersByTime(11_500)
  expect(line.state.value).toBe('lost')
  expect(FakeSocket.all.length).toBe(2)
})

test('an attempt that hangs is given up', () => {
  vi.advanceTimersByTime(12_000)
  expect(line.state.value).toBe('lost')
  expect(FakeSocket.all.length).toBe(2)
})
