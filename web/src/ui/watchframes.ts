// What goes over a device's line, as it happens.
import { type Signal, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { type Frame, framesUrl } from '../api/vehicle'

const most = 300 // frames that are kept

export type Line = { number: number } & ({ frame: Frame } | { dropped: number })

export interface Frames {
  lines: Line[] // that are shown, the oldest first
  state: 'connecting' | 'open' | 'closed'
  held: Signal<boolean> // what comes is not shown until it goes on
  waiting: number // frames that have come while held, of those that are kept
  clear(): void
}

// useFrames watches a device for as long as its component is shown.
export function useFrames(device: number): Frames {
  const lines = useSignal<Line[]>([])
  const state = useSignal<Frames['state']>('connecting')
  const held = useSignal(false)
  const frozen = useSignal<Line[] | null>(null)
  const seen = useSignal(0) // number of the last line before it was held
  useEffect(() => {
    const source = new EventSource(framesUrl(device))
    let last = 0
    const add = (line: { frame: Frame } | { dropped: number }) => {
      last++
      lines.value = [...lines.value.slice(1 - most), { ...line, number: last }]
    }
    source.onopen = () => {
      state.value = 'open'
    }
    // After a refusal, as of a server without this, the browser does not try again.
    source.onerror = () => {
      state.value = source.readyState === EventSource.CLOSED ? 'closed' : 'connecting'
    }
    source.addEventListener('frame', (event) => add({ frame: JSON.parse(event.data) }))
    source.addEventListener('dropped', (event) => add({ dropped: JSON.parse(event.data).frames }))
    return () => source.close()
  }, [device, lines, state])
  useEffect(() => {
    frozen.value = held.value ? lines.peek() : null
    seen.value = lines.peek().at(-1)?.number ?? 0
  }, [held.value, frozen, lines, seen])
  return {
    lines: frozen.value ?? lines.value,
    state: state.value,
    held,
    waiting: frozen.value ? lines.value.filter((line) => line.number > seen.value).length : 0,
    clear: () => {
      lines.value = []
      if (frozen.value) frozen.value = []
    },
  }
}
