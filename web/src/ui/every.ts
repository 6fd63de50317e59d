import { type ReadonlySignal, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'

// useEvery counts the rounds of a pause (ms) while the page is in sight, for what has to be read again and again.
export function useEvery(pause: number): ReadonlySignal<number> {
  const round = useSignal(0)
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) round.value++
    }, pause)
    return () => clearInterval(timer)
  }, [pause, round])
  return round
}
