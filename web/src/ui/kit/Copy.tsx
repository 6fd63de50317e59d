import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import { words } from '../../words'
import { Button } from './Button'

// Copy is a text that people take elsewhere. Where the clipboard is barred, the text is left selected.
export function Copy({ label, text }: { label: string; text: string }) {
  const field = useRef<HTMLInputElement>(null)
  const done = useSignal(false)
  const copy = async () => {
    field.current!.select()
    try {
      await navigator.clipboard.writeText(text)
      done.value = true
    } catch {
      done.value = false
    }
  }
  return (
    <div class="copy">
      <input ref={field} readonly value={text} aria-label={label} onFocus={() => field.current!.select()} />
      <Button icon={done.value ? 'check' : 'copy'} onClick={copy}>
        {done.value ? words.kit.copied : words.kit.copy}
      </Button>
    </div>
  )
}
