import { expect, test } from 'vitest'
import type { Offer } from '../../api/console'
import { complete, followed, isRisky, meant, suggestionsOf } from './grammar'

const offer: Offer = {
  data: ['custom', 'locate', 'output'],
  sms: ['custom', 'locate', 'immobilise', 'interval'],
  online: true,
  phone: '+88299000000007',
  sms_ready: true,
  reason: '',
  cut_speed_kmh: 20,
  templates: [
    {
      name: 'Position',
      words: 'getgps',
      kind: 'locate',
      help: 'where it is',
      dangerous: false,
      placeholders: [],
    },
    {
      name: 'Status',
      words: 'getstatus',
      kind: null,
      help: 'modem, link and operator',
      dangerous: false,
      placeholders: [],
    },
    {
      name: 'Parameter',
      words: 'setparam {id}:{value}',
      kind: null,
      help: 'changes a parameter',
      dangerous: false,
      placeholders: [{ name: 'id', help: 'its number', default: '10050' }],
    },
    {
      name: 'Cut',
      words: 'setdigout 1',
      kind: 'immobilise',
      help: 'switches the relay',
      dangerous: true,
      placeholders: [],
    },
  ],
}
const all = suggestionsOf(offer)
const inserts = (typed: string) => complete(typed, all).map((s) => s.insert)

test('the tracker’s own words come first, then what every family has words for', () => {
  expect(all.map((s) => s.insert)).toEqual([
    ...['getgps', 'getstatus', 'setparam {id}:{value}', 'setdigout 1'],
    ...['/locate', '/interval {seconds}', '/output {number} {on}', '/immobilise'],
  ])
  expect(suggestionsOf(null).map((s) => s.insert)).toContain('/reboot')
})

test('what goes on as typed comes before what only holds it', () => {
  expect(inserts('get')).toEqual(['getgps', 'getstatus'])
  expect(inserts('operator')).toEqual(['getstatus'])
  expect(inserts('set')).toEqual(['setparam {id}:{value}', 'setdigout 1'])
  expect(inserts('/i')).toEqual(['/interval {seconds}', '/immobilise'])
  expect(inserts('')).toHaveLength(8)
  expect(inserts('nothing like it')).toEqual([])
})

test('a template is followed while its placeholders are filled', () => {
  expect(followed('setparam 7:', all)?.name).toBe('Parameter')
  expect(followed('setparx', all)).toBeNull()
})

test.each([
  ['getgps', { kind: 'custom', text: 'getgps' }],
  ['  getgps', { kind: 'custom', text: '  getgps' }],
  ['setparam {id}:5', { kind: 'custom', text: 'setparam 10050:5' }],
  ['/locate', { kind: 'locate' }],
  ['/interval {seconds}', { kind: 'interval', every_s: 30 }],
  ['/output 2 off', { kind: 'output', output: 2, on: false }],
  ['/server fleet.example.org 5027', { kind: 'server', host: 'fleet.example.org', port: 5027 }],
  ['/apn internet me', { kind: 'apn', apn: 'internet', user: 'me' }],
])('%j means %j', (typed, body) => {
  expect(meant(typed, all)).toMatchObject({ body })
})

test.each(['', '   ', 'setparam 1:{value}', '/fly', '/locate now', '/interval soon', '/output 0 on'])(
  '%j is not sent',
  (typed) => {
    expect(meant(typed, all)).toHaveProperty('problem')
  },
)

test('what cuts an engine or the line is asked about', () => {
  expect(isRisky({ kind: 'immobilise' }, '/immobilise', all)).toBe(true)
  expect(isRisky({ kind: 'custom', text: 'setdigout 1' }, 'setdigout 1', all)).toBe(true)
  expect(isRisky({ kind: 'custom', text: 'getgps' }, 'getgps', all)).toBe(false)
  expect(isRisky({ kind: 'server', host: 'a', port: 1 }, '/server a 1', all)).toBe(true)
})
