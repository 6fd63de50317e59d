import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  ageSeconds,
  alarmFlag,
  decodeFrame,
  type Frame,
  headingKnown,
  invalidFlag,
  stateMask,
  unknownSpeed,
} from './frame'

// The server's tests read the same files: see docs/live.md.
const folder = new URL('../../../server/internal/live/testdata/', import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith('.json'))

interface Vehicle {
  id: number
  longitude: number
  latitude: number
  speed_kmh: number | null
  heading_deg: number | null
  state: 'none' | 'moving' | 'idle' | 'stopped'
  alarm: boolean
  valid: boolean
  age_s: number
}

interface Golden {
  name: string
  hex: string
  frame: { kind: string; server_time: number; vehicles: Vehicle[] }
}

function bytes(hex: string): ArrayBuffer {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)).buffer
}

const golden = (file: string): Golden => JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
const states = ['none', 'moving', 'idle', 'stopped'] as const

function meaning(frame: Frame, i: number): Vehicle {
  const state = frame.state[i]!
  const speed = frame.speed[i]!
  return {
    id: frame.ids[i]!,
    longitude: frame.longitude[i]! / 1e7,
    latitude: frame.latitude[i]! / 1e7,
    speed_kmh: speed === unknownSpeed ? null : speed / 10,
    heading_deg: state & headingKnown ? (frame.heading[i]! * 360) / 256 : null,
    state: states[state & stateMask]!,
    alarm: (state & alarmFlag) !== 0,
    valid: states[state & stateMask] !== 'none' && (state & invalidFlag) === 0,
    age_s: ageSeconds(frame.age[i]!),
  }
}

test('there are golden frames', () => {
  expect(files.length).toBeGreaterThan(0)
})

describe.each(files)('%s', (file) => {
  const { hex, frame: want } = golden(file)

  test('means what it says', () => {
    const frame = decodeFrame(bytes(hex))
    expect(frame.kind).toBe(want.kind)
    expect(frame.serverTime).toBe(want.server_time)
    expect(frame.count).toBe(want.vehicles.length)
    expect(Array.from({ length: frame.count }, (_, i) => meaning(frame, i))).toEqual(want.vehicles)
  })

  test('is refused when cut or lengthened', () => {
    const whole = bytes(hex)
    for (let length = 0; length < whole.byteLength; length++) {
      expect(() => decodeFrame(whole.slice(0, length))).toThrow(/^frame: /)
    }
    expect(() => decodeFrame(bytes(`${hex}00`))).toThrow('need')
  })
})

test('what is not a frame of this version says where it differs', () => {
  const header = '4456010100000000002227cb9e010000'
  expect(decodeFrame(bytes(header)).count).toBe(0)
  expect(() => decodeFrame(bytes(`45${header.slice(2)}`))).toThrow('magic at byte 0')
  expect(() => decodeFrame(bytes(`445602${header.slice(6)}`))).toThrow('version 2 at byte 2')
  expect(() => decodeFrame(bytes(`44560103${header.slice(8)}`))).toThrow('kind 3 at byte 3')
})

test('ages grow with their codes', () => {
  expect([0, 119, 120, 177, 178, 179, 223, 224, 254, 255].map(ageSeconds)).toEqual([
    ...[0, 119, 120, 59 * 60, 3600, 5400],
    ...[23.5 * 3600, 86_400, 31 * 86_400, 32 * 86_400],
  ])
  for (let code = 1; code < 256; code++) expect(ageSeconds(code)).toBeGreaterThan(ageSeconds(code - 1))
})
