import { beforeEach, describe, expect, it } from 'vitest'
import {
  advance,
  faster,
  peek,
  play,
  playing,
  setSpan,
  setTime,
  shownAt,
  speed,
  time,
  waiting,
} from './clock'

beforeEach(() => {
  setSpan(1000, 101_000)
  speed.value = 60
  waiting.value = false
})

describe('the clock', () => {
  it('goes as fast as it is told and stops at the end', () => {
    play(true)
    advance(100)
    expect(time.value).toBe(7000)
    advance(100_000)
    expect(time.value).toBe(101_000)
    expect(playing.value).toBe(false)
  })
  it('begins anew at the end, and where there is something to see', () => {
    setTime(101_000)
    play(true, 50_000)
    expect(time.value).toBe(50_000)
    setTime(2000)
    play(true, 50_000)
    expect(time.value).toBe(50_000)
    setTime(60_000)
    play(true, 50_000)
    expect(time.value).toBe(60_000)
  })
  it('stands while it is paused and while it waits', () => {
    advance(100)
    expect(time.value).toBe(1000)
    play(true)
    waiting.value = true
    advance(100)
    expect(time.value).toBe(1000)
  })
  it('shows what is under the pointer, and leaves it when a time is set', () => {
    peek.value = 5000
    expect(shownAt.value).toBe(5000)
    setTime(9000)
    expect(shownAt.value).toBe(9000)
  })
  it('stays within its span', () => {
    setTime(5)
    expect(time.value).toBe(1000)
    setTime(5e9)
    expect(time.value).toBe(101_000)
  })
  it('has speeds from 1 to 300', () => {
    faster(1)
    expect(speed.value).toBe(120)
    faster(9)
    expect(speed.value).toBe(300)
    faster(-20)
    expect(speed.value).toBe(1)
  })
})
