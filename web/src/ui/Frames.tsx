import { useEffect, useRef } from 'preact/hooks'
import type { Frame } from '../api/vehicle'
import { number } from '../format'
import { words } from '../words'
import { Icon } from './Icon'
import { useFrames } from './watchframes'

// Frames shows what goes over the device's line as it happens: bytes and what they mean.
export function Frames({ device }: { device: number }) {
  const { lines, state, held, clear } = useFrames(device)
  const list = useRef<HTMLOListElement>(null)
  useEffect(() => {
    if (list.current) list.current.scrollTop = list.current.scrollHeight
  }, [lines])
  return (
    <div class="frames">
      <p role="status">
        {state === 'closed' ? words.messages.noFrames : lines.length === 0 && words.messages.waiting}
        {lines.length > 0 && (
          <>
            <button
              type="button"
              aria-pressed={held.value}
              onClick={() => {
                held.value = !held.value
              }}
            >
              <Icon name={held.value ? 'play' : 'pause'} size={15} />
              {held.value ? words.messages.resume : words.messages.hold}
            </button>
            <button type="button" onClick={clear}>
              <Icon name="trash" size={15} />
              {words.messages.clear}
            </button>
          </>
        )}
        <a class="quiet button" href={`/debugger?device=${device}`}>
          <Icon name="bug" size={15} />
          {words.rooms.debugger}
        </a>
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and so the keyboard must reach it */}
      <ol ref={list} tabIndex={0} aria-label={words.messages.tabs.frames}>
        {lines.map((line) => (
          <li key={line.number} data-direction={'frame' in line ? line.frame.direction : undefined}>
            {'frame' in line ? (
              <OneFrame frame={line.frame} />
            ) : (
              <em>{words.messages.dropped(number(line.dropped))}</em>
            )}
          </li>
        ))}
      </ol>
    </div>
  )
}

function OneFrame({ frame }: { frame: Frame }) {
  const { time, direction, transport, hex, message, error } = frame
  return (
    <>
      <time dateTime={time}>{time.slice(11, 23)}</time>
      <b>
        {direction === 'in' ? '← ' : '→ '}
        {words.messages.directions[direction]}
      </b>
      <span>{transport}</span>
      <code>{hex.replace(/../g, '$& ').trim()}</code>
      {error ? <em>{error}</em> : message != null && <p>{JSON.stringify(message)}</p>}
    </>
  )
}
