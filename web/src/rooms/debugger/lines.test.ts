import { expect, test } from 'vitest'
import { lineText } from './lines'

const frame = {
  time: '2026-06-01T12:00:00.123Z',
  direction: 'in',
  transport: 'tcp',
  hex: '7878',
  message: null,
} as const

test('a frame is a line, with what was wrong behind it', () => {
  expect(lineText({ number: 1, frame })).toBe('2026-06-01T12:00:00.123Z in tcp 7878')
  expect(lineText({ number: 2, frame: { ...frame, error: 'type at byte 3: unknown kind' } })).toBe(
    '2026-06-01T12:00:00.123Z in tcp 7878 # type at byte 3: unknown kind',
  )
})

test('what was left out is said', () => {
  expect(lineText({ number: 3, dropped: 12 })).toBe('# 12 dropped')
})
