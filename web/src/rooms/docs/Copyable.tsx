import { useSignal } from '@preact/signals'
import { Button } from '../../ui/kit/Button'
import { words } from '../../words'

// Copyable is code with its title, and a button that takes it to the clipboard.
export function Copyable({ title, code }: { title: string; code: string }) {
  const done = useSignal(false)
  const copy = () =>
    navigator.clipboard.writeText(code).then(
      () => {
        done.value = true
      },
      () => undefined,
    )
  return (
    <figure>
      <figcaption>
        {title}
        {navigator.clipboard && (
          <Button kind="quiet" onClick={copy} icon={done.value ? 'check' : 'copy'}>
            {done.value ? words.kit.copied : words.kit.copy}
          </Button>
        )}
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys must reach it */}
      <pre tabIndex={0}>
        <code>{code}</code>
      </pre>
    </figure>
  )
}
