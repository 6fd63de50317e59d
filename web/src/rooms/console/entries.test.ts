import { expect, test } from 'vitest'
import type { Entry } from '../../api/console'
import { factsOf, local, merge, placeOf, shown } from './entries'

const entry = (id: string, minute: number, more: Partial<Entry> = {}): Entry => ({
  ...local(0, Date.UTC(2026, 5, 1, 12, minute), id, 1, 'Van 1'),
  id,
  ...more,
})
const sms = (id: string, minute: number, more: Partial<Entry> = {}) =>
  entry(id, minute, { kind: 'sms', direction: 'in', state: 'received', ...more })
const ids = (entries: Entry[]) => entries.map((e) => e.id)

test('pages are joined by id, the fresher wins, oldest first', () => {
  const known = [entry('c1', 1, { state: 'queued' }), entry('c3', 3)]
  const joined = merge(known, [entry('c2', 2), entry('c1', 1, { state: 'answered' }), entry('s9', 2)])
  expect(ids(joined)).toEqual(['c1', 'c2', 's9', 'c3'])
  expect(joined[0]!.state).toBe('answered')
  expect(ids(merge(joined, []))).toEqual(ids(joined))
})

test('the SMS that carried a command is not shown beside it', () => {
  const log = [entry('c1', 1), sms('s2', 1, { direction: 'out', state: 'sent', command_id: 1 }), sms('s3', 2)]
  expect(ids(shown(log))).toEqual(['c1', 's3'])
  expect(ids(shown(log.slice(1)))).toEqual(['s2', 's3'])
})

test('an answer that came as SMS is shown once, with what was read from it', () => {
  const command = entry('c1', 1, {
    state: 'answered',
    answer: 'Lat:1',
    parsed: { latitude: 1, longitude: 2 },
  })
  const [first, second] = shown([command, sms('s2', 2, { command_id: 1 })])
  expect(first).toMatchObject({ id: 'c1', answer: null, parsed: null })
  expect(second).toMatchObject({ id: 's2', parsed: { latitude: 1 } })
  expect(shown([command])[0]).toMatchObject({ answer: 'Lat:1' })
})

test.each([
  [
    { latitude: 1, longitude: 2, speed_kmh: 40 },
    { latitude: 1, longitude: 2, speed: 40 },
  ],
  [{ position: { latitude: 1, longitude: 2 } }, { latitude: 1, longitude: 2 }],
  [{ positions: [{ latitude: 0, longitude: 0 }] }, { latitude: 0, longitude: 0 }],
  [{ battery_percent: 90 }, null],
  [null, null],
  ['Lat:1', null],
])('the place in %j', (parsed, place) => {
  expect(placeOf(parsed)).toEqual(place)
})

test('what else was read is a list of facts', () => {
  const parsed = {
    latitude: 1,
    longitude: 2,
    satellites: 9,
    values: { ignition: true, power_v: 12.6 },
    answer: null,
  }
  expect(factsOf(parsed)).toEqual([
    ['satellites', 9],
    ['ignition', true],
    ['power_v', 12.6],
  ])
})
