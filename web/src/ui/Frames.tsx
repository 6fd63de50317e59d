import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { type Frame, framesUrl } from '../api/vehicle'
import { number } from '../format'
import { words } from '../words'
import { Icon } from './Icon'

const most = 300 // frames that are kept

type Line = { number: number } & ({ frame: Frame } | { dropped: number })

// Frames shows what goes over the device's line as it happens: bytes and what they mean.
export function Frames({ device }: { device: number }) {
  const lines = useSignal<Line[]>([])
  const state = useSignal<'connecting' | 'open' | 'closed'>('connecting')
  const held = useSignal(false)
  const list = useRef<HTMLOListElement>(null)
  useEffect(() => {
    const source = new EventSource(framesUrl(device))
    let last = 0
    const add = (line: { frame: Frame } | { dropped: number }) => {
      if (held.peek()) return
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
  }, [device, lines, state, held])
  useEffect(() => {
    if (list.current) list.current.scrollTop = list.current.scrollHeight
  }, [lines.value])
  return (
    <div class="frames">
      <p role="status">
        {state.value === 'closed'
          ? words.messages.noFrames
          : lines.value.length === 0 && words.messages.waiting}
        {lines.value.length > 0 && (
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
            <button
              type="button"
              onClick={() => {
                lines.value = []
              }}
            >
              <Icon name="trash" size={15} />
              {words.messages.clear}
            </button>
          </>
        )}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and so the keyboard must reach it */}
      <ol ref={list} tabIndex={0} aria-label={words.messages.tabs.frames}>
        {lines.value.map((line) => (
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
