// The one clock of the room. Whatever shows a moment shows `shownAt`: the time under the pointer if it rests on the
// timeline or a chart, else the clock's.
import { batch, computed, signal } from '@preact/signals'
import { defaultSpeed, speeds } from './address'

export const from = signal(0) // ms since 1970, as all times
export const to = signal(1)
export const time = signal(0)
export const peek = signal<number | null>(null)
export const playing = signal(false)
export const speed = signal<number>(defaultSpeed)
export const waiting = signal(false) // what comes next is still being read: the clock stands

export const shownAt = computed(() => peek.value ?? time.value)

const clamped = (ms: number): number => Math.min(to.value, Math.max(from.value, ms))

export function setTime(ms: number): void {
  batch(() => {
    time.value = clamped(ms)
    peek.value = null
  })
}

// setSpan takes another span over; at says the time, by default its beginning.
export function setSpan(begin: number, end: number, at = Number.NaN): void {
  batch(() => {
    from.value = begin
    to.value = end
    playing.value = false
    setTime(Number.isNaN(at) ? begin : at)
  })
}

// faster goes n speeds up, slower if negative.
export function faster(n: number): void {
  const at = speeds.indexOf(speed.value as (typeof speeds)[number])
  speed.value = speeds[Math.max(0, Math.min(speeds.length - 1, at + n))]!
}

// advance lets ms of real time pass.
export function advance(ms: number): void {
  if (!playing.value || waiting.value) return
  const next = time.value + ms * speed.value
  batch(() => {
    time.value = clamped(next)
    if (next >= to.value) playing.value = false
  })
}

// play starts or stops the clock. At the end it begins anew from begin, the first moment with something to see.
export function play(on: boolean, begin = from.value, end = to.value): void {
  batch(() => {
    if (on && (time.value >= Math.min(end, to.value) || time.value < begin)) setTime(begin)
    peek.value = null
    playing.value = on
  })
}

const longestFrame = 250 // ms; a page that slept does not jump

// runClock lets the clock go with the screen's frames until the function it gives is called.
export function runClock(): () => void {
  let last = 0
  let frame = 0
  const tick = (now: number) => {
    if (last > 0) advance(Math.min(longestFrame, now - last))
    last = now
    frame = requestAnimationFrame(tick)
  }
  frame = requestAnimationFrame(tick)
  return () => cancelAnimationFrame(frame)
}
