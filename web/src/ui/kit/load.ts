import { type Signal, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'

export interface Loaded<T> {
  data: Signal<T | null> // stays while it is read again
  problem: Signal<string>
  busy: Signal<boolean>
  reload(): void
}

// useLoad reads something when a component is shown, when one of deps changes, and when it is told to reload.
export function useLoad<T>(read: (signal: AbortSignal) => Promise<T>, deps: unknown[] = []): Loaded<T> {
  const data = useSignal<T | null>(null)
  const problem = useSignal('')
  const busy = useSignal(true)
  const round = useSignal(0)
  useEffect(() => {
    const abort = new AbortController()
    busy.value = true
    read(abort.signal).then(
      (answer) => {
        if (abort.signal.aborted) return
        data.value = answer
        problem.value = ''
        busy.value = false
      },
      (error: unknown) => {
        if (abort.signal.aborted) return
        problem.value = (error as Error).message
        busy.value = false
      },
    )
    return () => abort.abort()
  }, [...deps, round.value])
  const reload = () => {
    round.value++
  }
  return { data, problem, busy, reload }
}
