import { signal } from '@preact/signals'
import { words } from '../../words'
import { Icon } from '../Icon'
import { Button } from './Button'

const lasts = 8000 // ms

interface Toast {
  id: number
  text: string
  bad: boolean
  undo: (() => Promise<unknown> | undefined) | undefined
}

const toasts = signal<Toast[]>([])
let last = 0

interface Options {
  bad?: boolean
  undo?: () => Promise<unknown> | undefined // takes back what the text says was done
}

// toast says for a moment what was done, and lets it be undone. It stays while the pointer or the focus is on it.
export function toast(text: string, { bad = false, undo }: Options = {}): void {
  last++
  toasts.value = [...toasts.value.slice(-2), { id: last, text, bad, undo }]
}

const away = (id: number): void => {
  toasts.value = toasts.value.filter((t) => t.id !== id)
}

export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map((one) => (
        <One key={one.id} {...one} />
      ))}
    </div>
  )
}

function One({ id, text, bad, undo }: Toast) {
  const takeBack = async () => {
    away(id)
    try {
      await undo?.()
    } catch (error) {
      toast((error as Error).message, { bad: true })
    }
  }
  return (
    <div
      class="toast"
      data-bad={bad}
      style={{ animationDuration: `${lasts}ms` }}
      onAnimationEnd={(event) => event.target === event.currentTarget && away(id)}
    >
      <Icon name={bad ? 'warning' : 'check'} size={17} />
      <p>{text}</p>
      {undo && <Button onClick={takeBack}>{words.kit.undo}</Button>}
      <Button kind="quiet" icon="x" aria-label={words.close} onClick={() => away(id)} />
    </div>
  )
}
