import { expect, test } from 'vitest'
import type { WholeFix } from './api/vehicle'
import { cellText, columnsOf, valueIn } from './messagecolumns'

const fixes: WholeFix[] = [
  { time: '2026-06-01T00:00:00Z', valid: true, latitude: 50, longitude: 10, attributes: { io10: 1, io9: 2 } },
  { time: null, valid: false, latitude: null, longitude: null, speed_kmh: 0, zeta: 3, flags: ['late'] },
]

test('columns are all that any fix says, the common ones first', () => {
  expect(columnsOf(fixes)).toEqual([
    ...['valid', 'latitude', 'longitude', 'speed_kmh', 'flags', 'io9', 'io10', 'zeta'],
  ])
  expect(columnsOf([])).toEqual([])
})

test.each([
  ['latitude', '50.00000', ''],
  ['speed_kmh', '', '0'],
  ['valid', 'Yes', 'No'],
  ['io9', '2', ''],
  ['flags', '', 'late'],
])('%s is written as %j and %j', (column, first, second) => {
  expect(fixes.map((fix) => cellText(column, valueIn(fix, column)))).toEqual([first, second])
})
