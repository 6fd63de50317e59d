import { expect, test } from 'vitest'
import type { Point } from '../../api/modems'
import { bars, beginOf, sparkOf, stretches } from './signal'

const minute = 60_000
const point = (minutes: number, dbm: number | null, more: Partial<Point> = {}): Point => ({
  time: new Date(minutes * minute).toISOString(),
  phase: 'ready',
  reason: '',
  signal_dbm: dbm,
  temperature_c: null,
  ...{ balance: null, iccid: '', registration: 'home', plmn: '', storage_used: null },
  ...more,
})

test.each([
  [null, 0],
  [-113, 0],
  [-110, 1],
  [-95, 2],
  [-71, 4],
  [-51, 5],
])('%j dBm are %d bars', (dbm, expected) => {
  expect(bars(dbm)).toBe(expected)
})

test('a sparkline breaks where nothing was measured', () => {
  const points = [
    point(0, -80),
    point(5, -70),
    point(6, null),
    point(60, -90),
    point(65, -90),
    point(200, -50),
  ]
  const spark = sparkOf(points, 0, 100 * minute, 100, 20)!
  expect(spark).toMatchObject({ low: -90, high: -70 })
  expect(spark.line.match(/M/g)).toHaveLength(2)
  expect(spark.line).toMatch(/^M0\.0 /)
  expect(sparkOf([point(0, -80)], 0, minute, 100, 20)!.line).toBe('M0.0 10.0L100.0 10.0') // it is so still
  expect(sparkOf([point(0, null)], 0, minute, 100, 20)).toBeNull()
})

test('a picture begins where something is known, and is a quarter of an hour long at least', () => {
  const [from, to] = [0, 1440 * minute]
  expect(beginOf([], from, to)).toBe(from)
  expect(beginOf([point(700, -80)], from, to)).toBe(700 * minute)
  expect(beginOf([point(1437, -80)], from, to)).toBe(1425 * minute)
  expect(beginOf([point(-10, -80)], from, to)).toBe(from)
})

test('phases are stretches; a measurement within one begins no other', () => {
  const points = [
    point(0, -80),
    point(5, -81),
    point(10, null, { phase: 'hung', reason: 'no answer' }),
    point(12, -80),
  ]
  expect(stretches(points, 20 * minute)).toEqual([
    { phase: 'ready', reason: '', from: 0, to: 10 * minute },
    { phase: 'hung', reason: 'no answer', from: 10 * minute, to: 12 * minute },
    { phase: 'ready', reason: '', from: 12 * minute, to: 20 * minute },
  ])
  expect(stretches([], 1)).toEqual([])
})
