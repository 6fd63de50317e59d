import { expect, test } from 'vitest'
import { age, alarmNames, direction, plain, span, title } from './format'

test.each([
  [Number.NaN, '–'],
  [0.9, '0 s'],
  [59.9, '59 s'],
  [60, '1 min'],
  [3599, '59 min'],
  [3600, '1 h'],
  [47.5 * 3600, '47 h'],
  [48 * 3600, '2 d'],
])('%d s of age are %s', (seconds, text) => {
  expect(age(seconds)).toBe(text)
})

test.each([
  [90, '1 min'],
  [3600, '1 h'],
  [8100, '2 h 15 min'],
  [86_400, '1 d'],
  [90_000, '1 d 1 h'],
])('%d s last %s', (seconds, text) => {
  expect(span(seconds)).toBe(text)
})

test.each([
  ['temperature_1_c', 'Temperature 1', '°C'],
  ['axis_x_mg', 'Axis x', 'mg'],
  ['gsm_operator', 'GSM operator', ''],
  ['iccid', 'ICCID', ''],
  ['io217', 'IO 217', ''],
  ['h', 'H', ''],
])('%s is called %s in %s', (name, text, unit) => {
  expect(title(name)).toEqual({ text, unit })
})

test.each([
  [null, '–'],
  ['', '–'],
  [23410, '23410'],
  [0.1 + 0.2, '0.3'],
  [true, 'Yes'],
  [['a', 1], 'a, 1'],
  [{ mcc: 234, mnc: 10 }, 'MCC 234 · MNC 10'],
])('%j is written %s', (value, text) => {
  expect(plain(value)).toBe(text)
})

test.each([
  [['power_cut', 'sos'], 'Power cut, sos'],
  ['power_cut,sos', 'Power cut, sos'],
  [null, ''],
])('the alarms %j are written %s', (value, text) => {
  expect(alarmNames(value)).toBe(text)
})

test('directions', () => {
  expect([0, 22, 23, 180, 338, 359].map(direction)).toEqual(['N', 'N', 'NE', 'S', 'N', 'N'])
})
