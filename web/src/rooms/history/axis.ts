// The stretch of time that the timeline and the charts show, and where on the screen a moment lies in it.
import { computed, effect, signal } from '@preact/signals'
import * as clock from './clock'
import { driven, mode, track } from './room'
import { minute } from './zone'

const shortest = 2 * minute

const zoomed = signal<[number, number] | null>(null)

// whole is what there is to see: of a day the hours with reports, and a little around them.
export const whole = computed((): [number, number] => {
  const span: [number, number] = [clock.from.value, clock.to.value]
  if (mode.value !== 'day' || !track.value?.time.length) return span
  const [first, last] = driven.value
  const margin = Math.max(minute, (last - first) * 0.02)
  return [Math.max(span[0], first - margin), Math.min(span[1], last + margin)]
})

export const viewed = computed(() => zoomed.value ?? whole.value)
export const isZoomed = computed(() => zoomed.value !== null)

// shareOf is where a time lies in the view, 0 at its beginning and 1 at its end.
export const shareOf = (time: number): number =>
  (time - viewed.value[0]) / (viewed.value[1] - viewed.value[0])
export const timeAt = (share: number): number => viewed.value[0] + share * (viewed.value[1] - viewed.value[0])

// zoom makes the view so many times as long; what is at the share stays there.
export function zoom(factor: number, share = shareOf(clock.time.value)): void {
  const [low, high] = whole.value
  const at = Math.min(1, Math.max(0, share))
  const fixed = timeAt(at)
  const length = Math.max(shortest, (viewed.value[1] - viewed.value[0]) * factor)
  if (length >= high - low) {
    zoomed.value = null
    return
  }
  const from = Math.min(high - length, Math.max(low, fixed - at * length))
  zoomed.value = [from, from + length]
}

export function zoomOut(): void {
  zoomed.value = null
}

// keepView forgets the zoom with another time, and turns the page when the clock leaves it.
export function keepView(): () => void {
  const stopForgetting = effect(() => {
    whole.value
    zoomed.value = null
  })
  const stopTurning = effect(() => {
    const { value: time } = clock.time
    const view = zoomed.peek()
    if (!view || (time >= view[0] && time <= view[1])) return
    const [low, high] = whole.peek()
    const length = view[1] - view[0]
    const from = Math.min(high - length, Math.max(low, time - length * 0.1))
    zoomed.value = [from, from + length]
  })
  return () => {
    stopForgetting()
    stopTurning()
  }
}
