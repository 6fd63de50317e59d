import { afterEach, expect, test } from 'vitest'
import { bytes, clock, distance, height, speed, units, zone, zoneName, zoneOffset } from './format'

afterEach(() => {
  units.value = 'metric'
  zone.value = ''
})

test.each([
  [() => speed(100), '100 km/h', '62 mph'],
  [() => distance(850), '850 m', '0.5 mi'],
  [() => distance(100), '100 m', '328 ft'],
  [() => distance(12_340), '12.3 km', '7.7 mi'],
  [() => distance(250_000), '250 km', '155 mi'],
  [() => height(100), '100 m', '328 ft'],
])('%s', (write, metric, imperial) => {
  units.value = 'metric'
  expect(write()).toBe(metric)
  units.value = 'imperial'
  expect(write()).toBe(imperial)
})

test.each([
  ['UTC', '09:26', 'UTC', 0],
  ['Asia/Tokyo', '18:26', 'GMT+9', 9],
  ['Asia/Kolkata', '14:56', 'GMT+5:30', 5.5],
  ['America/New_York', '05:26', /^(GMT-4|EDT)$/, -4],
])('in %s it is %s', (name, time, short, hours) => {
  const ms = Date.parse('2026-03-14T09:26:53.589Z')
  zone.value = name
  expect(clock(ms)).toBe(time)
  expect(zoneName(ms)).toMatch(short)
  expect(zoneOffset(ms)).toBe(hours * 3_600_000)
})

test.each([
  [0, '0 B'],
  [640, '640 B'],
  [1024, '1 KiB'],
  [12_900_000, '12.3 MiB'],
])('%d bytes are %s', (n, text) => {
  expect(bytes(n)).toBe(text)
})
