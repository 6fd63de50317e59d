import { describe, expect, it } from 'vitest'
import { type Day, type DaySegment, type DayState, legAt, legsOf, spansOf } from './segments'

const start = Date.parse('2026-11-20T00:00:00Z')

// dayOf lays segments of so many minutes one after the other.
function dayOf(...parts: [DayState, number][]): Day {
  let at = start
  const segments = parts.map(([state, minutes], n): DaySegment => {
    const from = new Date(at).toISOString()
    at += minutes * 60_000
    const moving = state === 'moving'
    return {
      ...{ state, from, to: new Date(at).toISOString() },
      distance_m: moving ? minutes * 1000 : 0,
      max_speed_kmh: moving ? 50 + n : 0,
      start: state === 'silent' ? null : { latitude: n, longitude: n, place: `place ${n}` },
      end: state === 'silent' ? null : { latitude: n + 1, longitude: n + 1, place: `place ${n + 1}` },
    }
  })
  const sums = { distance_m: 0, moving_s: 0, idle_s: 0, stopped_s: 0, silent_s: 0, max_speed_kmh: 0 }
  return { vehicle: 1, from: '', to: '', fixes: 1, ...sums, segments }
}

describe('legsOf', () => {
  it.each<[string, [DayState, number][], string[]]>([
    ['nothing', [], []],
    ['only silence', [['silent', 60]], []],
    [
      'idle and stopped as one stop',
      [
        ['idle', 3],
        ['stopped', 40],
      ],
      ['stop 1 43'],
    ],
    [
      'a halt at lights as part of the trip',
      [
        ['moving', 10],
        ['idle', 1],
        ['moving', 5],
        ['stopped', 30],
      ],
      ['trip 0 16', 'stop 1 30'],
    ],
    [
      'a stop of two minutes and more as a stop',
      [
        ['moving', 10],
        ['idle', 2],
        ['moving', 5],
      ],
      ['trip 0 10', 'stop 1 2', 'trip 0 5'],
    ],
    [
      'silence only between reports',
      [
        ['silent', 400],
        ['moving', 9],
        ['silent', 20],
        ['moving', 4],
        ['silent', 500],
      ],
      ['trip 0 9', 'silence 0 20', 'trip 0 4'],
    ],
    [
      'a short halt at the end as a stop',
      [
        ['moving', 9],
        ['stopped', 1],
      ],
      ['trip 0 9', 'stop 1 1'],
    ],
  ])('tells %s', (_, parts, want) => {
    const legs = legsOf(dayOf(...parts))
    expect(legs.map((l) => `${l.kind} ${l.number} ${(l.to - l.from) / 60_000}`)).toEqual(want)
  })
  it('adds up what it joins', () => {
    const [trip] = legsOf(dayOf(['moving', 10], ['idle', 1], ['moving', 5]))
    expect(trip).toMatchObject({ distance: 15_000, fastest: 52, idle: 60_000 })
    expect(trip!.start!.place).toBe('place 0')
    expect(trip!.end!.place).toBe('place 3')
  })
})

it('finds the leg of a time', () => {
  const legs = legsOf(dayOf(['moving', 10], ['stopped', 10]))
  const at = (minutes: number) => legAt(legs, start + minutes * 60_000)
  expect([at(-1), at(0), at(9.9), at(10), at(20), at(21)]).toEqual([-1, 0, 0, 1, 1, -1])
})

it('gives the bar of the timeline', () => {
  expect(spansOf(dayOf(['silent', 1], ['moving', 2]))[1]).toEqual({
    state: 'moving',
    from: start + 60_000,
    to: start + 180_000,
  })
})
