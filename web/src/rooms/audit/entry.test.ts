import { expect, test } from 'vitest'
import { type Entry, sentences } from './entry'

const entry: Entry = {
  id: 1,
  time: '2026-03-01T08:15:30.000Z',
  user: null,
  address: '',
  action: 'change',
  kind: 'vehicle',
  object_id: 7,
  text: 'Van 7',
  changes: {
    plate: { from: '', to: 'AB 1' },
    group_id: { from: 3, to: null },
    disabled: { from: false, to: true },
  },
}

test('a change says what was changed from what to what', () => {
  expect(sentences(entry)).toEqual([
    'Vehicle Van 7 changed',
    'plate: empty → AB 1',
    'group id: 3 → empty',
    'disabled: No → Yes',
  ])
})

test('what is not known by name is said as it came', () => {
  const strange = { ...entry, kind: 'modem', action: 'reset', text: 'modem 1', changes: null }
  expect(sentences(strange)).toEqual(['modem modem 1 reset'])
})
