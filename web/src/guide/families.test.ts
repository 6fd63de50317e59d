import { expect, test } from 'vitest'
import { families, familiesOn, isHost, isImei, unreachable } from './families'

const texts = (key: string, host: string, apn = 'internet') =>
  families.find((family) => family.key === key)!.texts({ host, port: 5027, apn })

test.each([
  ['teltonika', 'fleet.example.org', '  setparam 2001:internet;2004:fleet.example.org;2005:5027;2006:0'],
  ['concox', 'fleet.example.org', 'SERVER,1,fleet.example.org,5027,0#'],
  ['concox', '203.0.113.7', 'SERVER,0,203.0.113.7,5027,0#'],
  ['sinotrack', '203.0.113.7', '8040000 203.0.113.7 5027'],
])('%s is told to call %s', (key, host, want) => {
  expect(texts(key, host)).toContain(want)
})

test('without an APN none is set', () => {
  expect(texts('teltonika', 'a.example', '')[0]).toBe('  setparam 2004:a.example;2005:5027;2006:0')
  for (const { key } of families) expect(texts(key, 'a.example', '').join(' ')).not.toMatch(/APN|803/)
})

test('every text fits into one message', () => {
  for (const { key } of families) {
    for (const text of texts(key, `${'long-name.'.repeat(6)}example.org`, 'internet.operator.example')) {
      expect(text.length).toBeLessThanOrEqual(160)
      expect(text).toMatch(/^[ -~]*$/)
    }
  }
})

test('families are those whose protocol has a port; another protocol has no texts', () => {
  const on = familiesOn([
    { name: 'h02', port: 15013 },
    { name: 'flex', port: 9000 },
  ])
  expect(on.map(({ family, port }) => [family.key, port])).toEqual([
    ['sinotrack', 15013],
    ['flex', 9000],
  ])
  expect(on[1]!.family.texts({ host: 'a', port: 1, apn: '' })).toEqual([])
})

test.each([
  ['356307042441013', true],
  ['356307042441014', false],
  ['35630704244101', false],
  ['', false],
])('%s is an IMEI: %s', (text, want) => {
  expect(isImei(text)).toBe(want)
})

test.each([
  ['127.0.0.1', true],
  ['localhost', true],
  ['192.168.1.4', true],
  ['172.20.0.1', true],
  ['172.40.0.1', false],
  ['fleet.example.org', false],
  ['203.0.113.7', false],
])('%s is out of reach: %s', (host, want) => {
  expect(unreachable(host)).toBe(want)
  expect(isHost(host)).toBe(true)
})

test.each(['', 'a b', 'http://a', 'a:1', '-a', 'ä.example'])('%j is no host', (host) => {
  expect(isHost(host)).toBe(false)
})
