import { describe, expect, it, vi } from 'vitest'
import type { AtAnswer, PlayAnswer } from './read'
import { cut, type Reader, Replay, recent, tracksOf } from './replay'
import { momentOf } from './track'

const start = Date.parse('2026-11-20T00:00:00Z')
const day = 86_400_000

function at(vehicle: number, seconds: number): AtAnswer['items'][number] {
  const time = new Date(start + seconds * 1000).toISOString()
  return { vehicle, age_s: -seconds, fix: { time, valid: true, latitude: 1, longitude: 10, speed_kmh: 0 } }
}

const said: PlayAnswer['vehicles'][number] = {
  ...{ id: 1, time_s: [10, 20], latitude: [1, 1], longitude: [11, 12] },
  ...{ speed_kmh: [30, null], course_deg: [90, null] },
}

describe('tracksOf', () => {
  it('begins where the vehicle was before, and keeps who did not move', () => {
    const tracks = tracksOf([{ items: [at(1, -10), at(2, -60)] }], { vehicles: [said] }, start, new Set())
    expect([...tracks.get(1)!.longitude]).toEqual([10, 11, 12])
    expect(momentOf(tracks.get(1)!, start)!.longitude).toBeCloseTo(10.5)
    expect(momentOf(tracks.get(2)!, start + 60_000)!.longitude).toBe(10)
    expect(tracks.get(1)!.speed[2]).toBeNaN()
  })
  it('knows only those that are asked for', () => {
    const tracks = tracksOf([{ items: [at(1, -10), at(2, -60)] }], { vehicles: [] }, start, new Set([2]))
    expect([...tracks.keys()]).toEqual([2])
  })
})

describe('the last minutes, which tracks may lack', () => {
  it('go on with where everybody was said to be', () => {
    const later = [{ items: [at(1, 15), at(1, 60)] }, { items: [at(1, 60), at(2, 30)] }]
    const tracks = tracksOf(later, { vehicles: [said] }, start, new Set())
    expect([...tracks.get(1)!.time].map((t) => (t - start) / 1000)).toEqual([10, 20, 60])
    expect([...tracks.get(2)!.longitude]).toEqual([10])
  })
  it('are asked for in steps, of many vehicles in few', () => {
    const now = start + 3_600_000
    expect(recent(start, now + 1, now, 200)).toHaveLength(12)
    expect(recent(start, now + 1, now, 10_000)).toEqual([now - 750_000, now])
    expect(recent(start, start + 60_000, now, 200)).toEqual([])
  })
})

describe('Replay', () => {
  const reader = () => ({
    at: vi.fn<Reader['at']>(async () => ({ items: [] })),
    play: vi.fn<Reader['play']>(async () => ({ vehicles: [said] })),
  })
  it('reads the chunk of the clock and then the next, each once', async () => {
    const read = reader()
    const replay = new Replay(read, [], 100, start, start + day)
    expect(replay.tracksAt(start + 90 * 60_000)).toBeNull()
    expect(replay.tracksAt(start + 91 * 60_000)).toBeNull()
    await expect.poll(() => replay.version.value).toBe(1)
    expect(replay.tracksAt(start + 90 * 60_000)!.size).toBe(1)
    await expect.poll(() => replay.version.value).toBe(2)
    replay.tracksAt(start + 90 * 60_000)
    const begins = read.play.mock.calls.map((call) => (call[1] - start) / 3_600_000)
    expect(begins).toEqual([1, 2])
  })
  it('says what went wrong and tries again when told', async () => {
    const read = reader()
    read.at.mockRejectedValueOnce(new Error('no line'))
    const replay = new Replay(read, [1], 1, start, start + day)
    replay.tracksAt(start)
    await expect.poll(() => replay.problem.value).toBe('no line')
    replay.tracksAt(start)
    expect(read.at).toHaveBeenCalledTimes(1)
    replay.retry()
    replay.tracksAt(start)
    await expect.poll(() => replay.tracksAt(start)?.size).toBe(1)
  })
  it('asks for a moment that is too recent for the tracks, once', async () => {
    const read = reader()
    const now = Date.now()
    const replay = new Replay(read, [], 100, now - 7_200_000, now + 7_200_000)
    replay.tracksAt(now - 60_000)
    await expect.poll(() => replay.tracksAt(now - 60_000)?.size).toBe(1)
    await new Promise((resolve) => setTimeout(resolve)) // the next chunk's questions are asked
    const before = read.at.mock.calls.length
    const last = { time: new Date(now - 90_000).toISOString(), valid: true, latitude: 1, longitude: 5 }
    read.at.mockResolvedValueOnce({ items: [{ vehicle: 7, age_s: 30, fix: last }] })
    await replay.refine(now - 60_000)
    await replay.refine(now - 60_000)
    await replay.refine(now - 7_000_000)
    await replay.refine(now + 60_000)
    expect(read.at).toHaveBeenCalledTimes(before + 1)
    expect([...replay.tracksAt(now - 60_000)!.get(7)!.longitude]).toEqual([5])
  })
  it('lets go of chunks that are long past', async () => {
    const read = reader()
    const replay = new Replay(read, [], 100, start, start + day)
    for (let n = 0; n < 8; n++) {
      await expect.poll(() => replay.tracksAt(start + n * 3_600_000)?.size).toBe(1)
    }
    replay.tracksAt(start)
    expect(read.play.mock.calls.filter((call) => call[1] === start)).toHaveLength(2)
  })
})

it('cuts the more coarsely the more vehicles there are', () => {
  expect(cut(1)).toEqual({ length: 6 * 3_600_000, step: 5 })
  expect(cut(200).step).toBe(5)
  expect(cut(10_000)).toEqual({ length: 3_600_000, step: 180 })
  expect(cut(1e6).step).toBe(300)
})
