import { expect, test } from 'vitest'
import {
  bytesShown,
  bytesTyped,
  daily,
  dataOf,
  daysIn,
  forecast,
  levelOf,
  luhnOf,
  pace,
  wrongIccid,
} from './budget'

const at = (day: number, hour = 0) => Date.UTC(2026, 1, day, hour) // a February

test.each([
  [0, null, 'none'],
  [0, 100, 'fine'],
  [79, 100, 'fine'],
  [80, 100, 'near'],
  [100, 100, 'over'],
  [130, 100, 'over'],
])('%d of %j is %s', (used, budget, level) => {
  expect(levelOf(used, budget)).toBe(level)
})

test('the month is foretold from the part that has gone', () => {
  expect(daysIn(at(10))).toBe(28)
  expect(daysIn(Date.UTC(2028, 1, 1))).toBe(29)
  expect(forecast(70, at(8))).toBe(280)
  expect(forecast(70, at(1, 6))).toBeNaN()
  expect(pace(280, at(8))).toBe(10)
  expect(pace(null, at(8))).toBeNaN()
})

test('days without use are there with none', () => {
  const some = { day: '2026-02-09', bytes_in: 1, bytes_out: 2, frames: 3, sms_in: 4, sms_out: 5 }
  const days = daily([some], at(10, 15), 3)
  expect(days.map((d) => d.day)).toEqual(['2026-02-08', '2026-02-09', '2026-02-10'])
  expect(days[1]).toEqual(some)
  expect(days[2]).toMatchObject({ bytes_in: 0, sms_out: 0 })
})

test('an ICCID’s check digit is checked', () => {
  expect(luhnOf('7992739871')).toBe(3)
  expect(wrongIccid('8931440300000000011')).toBe(luhnOf('893144030000000001') !== 1)
  expect(wrongIccid(`893144030000000001${luhnOf('893144030000000001')}`)).toBe(false)
  expect(wrongIccid('893144030000000001')).toBe(false)
})

test.each([
  ['', null],
  ['2000', 2000],
  ['50 MB', 50e6],
  ['1.5 GB', 1.5e9],
  ['1,5g', 1.5e9],
  ['much', Number.NaN],
])('the size %j', (text, bytes) => {
  expect(bytesTyped(text)).toEqual(bytes)
})

test.each([50e6, 1.5e9, 2e12, 52_428_800, 7])('the volume %d is shown so that it reads the same', (bytes) => {
  expect(bytesTyped(bytesShown(bytes))).toBe(bytes)
})

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [51_500_000, '51.5 MB'],
  [1.2e9, '1.2 GB'],
])('%d bytes are %s', (bytes, text) => {
  expect(dataOf(bytes)).toBe(text)
})
