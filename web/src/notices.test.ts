import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { onNotice, tellNotice } from './notices'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('notices that come close together are one question', () => {
  const then = vi.fn()
  const end = onNotice(['command', 'sms'], then)
  for (let id = 0; id < 100; id++) tellNotice({ kind: 'command', id, vehicle_id: 1 })
  tellNotice({ kind: 'modem', id: 'north' })
  expect(then).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1000)
  expect(then).toHaveBeenCalledTimes(1)
  tellNotice({ kind: 'sms', id: 7 })
  vi.advanceTimersByTime(1000)
  expect(then).toHaveBeenCalledTimes(2)
  tellNotice({ kind: 'sms', id: 8 })
  end()
  vi.advanceTimersByTime(1000)
  expect(then).toHaveBeenCalledTimes(2)
})

test('what is dear to ask for is asked for now and then', () => {
  const then = vi.fn()
  const end = onNotice(['event'], then, undefined, 10_000)
  tellNotice({ kind: 'event' })
  vi.advanceTimersByTime(300)
  expect(then).toHaveBeenCalledTimes(1)
  for (let second = 0; second < 9; second++) {
    tellNotice({ kind: 'event' })
    vi.advanceTimersByTime(1000)
  }
  expect(then).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(1000)
  expect(then).toHaveBeenCalledTimes(2)
  vi.advanceTimersByTime(60_000)
  expect(then).toHaveBeenCalledTimes(2)
  end()
})

test('what is not shown is not asked for; after a gap everything is', () => {
  const then = vi.fn()
  const end = onNotice(['command'], then, (notice) => notice.vehicle_id === 4)
  tellNotice({ kind: 'command', id: 1, vehicle_id: 5 })
  vi.advanceTimersByTime(1000)
  expect(then).not.toHaveBeenCalled()
  tellNotice({ kind: 'all' })
  vi.advanceTimersByTime(1000)
  expect(then).toHaveBeenCalledTimes(1)
  end()
})
