import { expect, test } from 'vitest'
import { hoursText, ProfileEntry, secondsOf } from './profileentry'

test.each([
  ['2', 7200],
  ['+8', 28_800],
  ['-5', -18_000],
  ['−5:30', -19_800],
  ['5,75', 20_700],
  ['5.5', 19_800],
  [' 0 ', 0],
  ['-0', 0],
  ['24', 86_400],
  ['24:01', null],
  ['5:60', null],
  ['5:3', null],
  ['', null],
  ['two', null],
])('%s hours', (text, seconds) => {
  expect(secondsOf(text)).toBe(seconds)
})

test.each([
  [7200, '2', '+2'],
  [-19_800, '−5:30', '−5:30'],
  [0, '0', '+0'],
])('%d s are written so that they can be read again', (seconds, text, signed) => {
  expect(hoursText(seconds)).toBe(text)
  expect(hoursText(seconds, true)).toBe(signed)
  expect(secondsOf(text)).toBe(seconds)
})

const item = {
  id: 7,
  protocol: 'gt06',
  model: 'TR06',
  clock_offset_s: null,
  options: { relay: 'cuts_when_0' },
}

test('an untouched profile tells nothing', () => {
  expect(new ProfileEntry(item).changes()).toEqual({})
})

test('only what is different is told, and null brings the usual clock back', () => {
  const entry = new ProfileEntry({ ...item, clock_offset_s: 3600 })
  expect(entry.hours.value).toBe('1')
  entry.explicit.value = false
  entry.set('relay', 'cuts_when_1', 'cuts_when_1')
  entry.set('checksum', 'off', 'flag')
  expect(entry.changes()).toEqual({ clock_offset_s: null, options: { checksum: 'off' } })
})

test('another protocol has none of the options, and the first has them again', () => {
  const entry = new ProfileEntry(item)
  entry.speak('h02')
  expect(entry.changes()).toEqual({ protocol: 'h02', options: {} })
  entry.speak('gt06')
  expect(entry.changes()).toEqual({})
})

test('what is tried is what the form holds', () => {
  const entry = new ProfileEntry(item)
  entry.take({ clock_offset_s: 28_800, options: {} })
  expect(entry.trial(20)).toEqual({
    ...{ protocol: 'gt06', model: 'TR06', clock_offset_s: 28_800, options: {}, wait_s: 20 },
  })
})
