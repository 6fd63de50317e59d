// What the live line says has changed, handed to those who show it. They ask the API again, and only for what is shown.
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Notice } from './live/line'

type Kind = Notice['kind']

const pause = 300 // ms in which notices are gathered: a group's commands change by the hundred

interface Listener {
  kinds: readonly Kind[]
  hear(notice: Notice): void
}

const listeners = new Set<Listener>()

export function tellNotice(notice: Notice): void {
  for (const { kinds, hear } of listeners) {
    if (notice.kind === 'all' || kinds.includes(notice.kind)) hear(notice)
  }
}

// onNotice calls then once for the notices of some kinds that come close together, and gives a function that ends it.
// of chooses among them; "all" concerns everybody. Between two calls are at least rest ms.
export function onNotice(
  kinds: readonly Kind[],
  then: () => void,
  of: (notice: Notice) => boolean = () => true,
  rest = 0,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let last = -Infinity
  const listener: Listener = {
    kinds,
    hear(notice) {
      if (timer !== undefined || (notice.kind !== 'all' && !of(notice))) return
      const wait = Math.max(pause, last + rest - Date.now())
      timer = setTimeout(() => {
        timer = undefined
        last = Date.now()
        then()
      }, wait)
    },
  }
  listeners.add(listener)
  return () => {
    clearTimeout(timer)
    listeners.delete(listener)
  }
}

// useNotices counts the rounds of notices of some kinds, for what is read again after each.
export function useNotices(...kinds: Kind[]): number {
  const round = useSignal(0)
  useEffect(
    () =>
      onNotice(kinds, () => {
        round.value++
      }),
    [kinds.join()],
  )
  return round.value
}
