import { useEffect, useRef } from 'preact/hooks'
import { answer } from '../../api'
import type { Frame } from '../../api/vehicle'
import { number } from '../../format'
import { copy } from '../../ui/clipboard'
import { Decoded } from '../../ui/Decoded'
import { Hex } from '../../ui/Hex'
import { Icon } from '../../ui/Icon'
import { Button } from '../../ui/kit/Button'
import { Empty } from '../../ui/kit/Empty'
import { useLoad } from '../../ui/kit/load'
import { Pill } from '../../ui/kit/Pill'
import { Problem } from '../../ui/kit/Problem'
import { Progress } from '../../ui/kit/Progress'
import { useFrames } from '../../ui/watchframes'
import { narrow } from '../../ui/width'
import { words } from '../../words'
import { lineText } from './lines'

const text = words.debug
const near = 80 // px from the end at which the list follows what comes

// Watch shows the frames of one device as they come and go.
export function Watch({ device }: { device: number }) {
  const { lines, state, held, waiting, clear } = useFrames(device)
  const about = useLoad((signal) => answer('get', '/api/devices/{id}', { path: { id: device }, signal }))
  const list = useRef<HTMLOListElement>(null)
  const follows = useRef(true)
  useEffect(() => {
    if (list.current && follows.current) list.current.scrollTop = list.current.scrollHeight
  }, [lines])
  const who = about.data.value
  return (
    <section class="watch" aria-label={text.tabs.live}>
      <header>
        <a class="quiet square button back" href="/debugger" aria-label={text.other} title={text.other}>
          <Icon name="chevronLeft" />
        </a>
        <div class="who">
          <b>{who?.identity ?? ''}</b>{' '}
          <span class="soft">{[who?.protocol, who?.model].filter(Boolean).join(' · ')}</span>
        </div>
        <span class="soft count" role="status">
          {state === 'connecting' ? text.connecting : text.frames(lines.length, number(lines.length))}
        </span>
        <div class="actions">
          <Button
            icon={held.value ? 'play' : 'pause'}
            aria-pressed={held.value}
            onClick={() => {
              held.value = !held.value
            }}
          >
            {held.value ? text.resume(number(waiting)) : text.pause}
          </Button>
          <Button
            icon="copy"
            disabled={lines.length === 0}
            onClick={() => copy(lines.map(lineText).join('\n'))}
          >
            {text.copyAll}
          </Button>
          <Button icon="trash" disabled={lines.length === 0} onClick={clear}>
            {text.clear}
          </Button>
        </div>
      </header>
      {state === 'closed' ? (
        <div class="watch-problem">
          <Problem message={about.problem.value || text.closed} />
        </div>
      ) : lines.length === 0 ? (
        state === 'connecting' ? (
          <Progress label={text.connecting} />
        ) : (
          <Empty icon="activity" title={text.waiting} lead={text.waitingLead} />
        )
      ) : (
        <ol
          ref={list}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and so the keyboard must reach it
          tabIndex={0}
          aria-label={text.tabs.live}
          onScroll={(event) => {
            const { scrollTop, scrollHeight, clientHeight } = event.currentTarget
            follows.current = scrollTop + clientHeight > scrollHeight - near
          }}
        >
          {lines.map((line) => (
            <li key={line.number} data-direction={'frame' in line ? line.frame.direction : undefined}>
              {'frame' in line ? (
                <One frame={line.frame} />
              ) : (
                <p class="late">{words.messages.dropped(number(line.dropped))}</p>
              )}
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

function One({ frame }: { frame: Frame }) {
  const { time, direction, transport, hex, message, error } = frame
  const size = hex.length / 2
  return (
    <>
      <header>
        <time dateTime={time}>{time.slice(11, 23)}</time>
        <b>
          {direction === 'in' ? '← ' : '→ '}
          {words.messages.directions[direction]}
        </b>
        <span class="soft">
          {transport.toUpperCase()} · {text.bytes(size, number(size))}
        </span>
        {error && <Pill tone="bad">{words.debug.tabs.misreads}</Pill>}
        <Button kind="quiet" icon="copy" aria-label={text.copy} title={text.copy} onClick={() => copy(hex)} />
      </header>
      <Hex hex={hex} error={error} narrow={narrow.value} />
      {error ? (
        <p class="wrong">{error}</p>
      ) : (
        direction === 'in' && <Decoded message={message} narrow={narrow.value} />
      )}
    </>
  )
}
