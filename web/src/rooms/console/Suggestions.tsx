import { useEffect, useRef } from 'preact/hooks'
import { words } from '../../words'
import type { Suggestion } from './grammar'

const text = words.console

interface Props {
  list: Suggestion[]
  active: number // −1: none
  take(suggestion: Suggestion): void
}

// Suggestions lie above the line: the words, what they are for, and what has to be filled in.
export function Suggestions({ list, active, take }: Props) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    box.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [active])
  return (
    <div ref={box} id="console-suggestions" class="suggestions" role="listbox" aria-label={text.suggestions}>
      {list.map((one, n) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the line above which it lies has the keys
        <div
          key={`${one.insert} ${one.name}`}
          id={`suggestion-${n}`}
          role="option"
          tabIndex={-1}
          aria-selected={n === active}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => take(one)}
        >
          <code>{one.insert}</code>
          <span>
            <b>{one.name}</b> {one.help}
            {one.placeholders.map((p) => (
              <small key={p.name}>
                {p.name}
                {p.help && `: ${p.help}`}
                {p.default && ` (${p.default})`}
              </small>
            ))}
          </span>
          {one.dangerous && <em>{text.dangerous}</em>}
        </div>
      ))}
    </div>
  )
}
