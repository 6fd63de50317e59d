import '../../css/console-log.css'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { cancel, type Entry } from '../../api/console'
import { clockExact, day, moment, number, plain, speed, title } from '../../format'
import { user } from '../../state'
import { Icon } from '../../ui/Icon'
import { Problem } from '../../ui/kit/Problem'
import { toast } from '../../ui/kit/toast'
import { words } from '../../words'
import { factsOf, placeOf } from './entries'
import type { Log } from './log'
import { StateSign, toneOf } from './StateSign'
import { showPlace } from './showPlace'

const text = words.console

// LogView shows a console's lines, the newest at the bottom, where it stays unless people scroll up to older ones.
export function LogView({ log, names }: { log: Log; names: boolean }) {
  const box = useRef<HTMLDivElement>(null)
  const lines = useRef<HTMLOListElement>(null)
  const before = useRef({ height: 0, top: 0, first: '', low: true })
  const entries = log.entries.value
  const first = entries[0]?.id ?? ''
  useLayoutEffect(() => {
    const { current: element } = box
    if (!element) return
    const was = before.current
    if (was.low) element.scrollTop = element.scrollHeight
    else if (first !== was.first) element.scrollTop += element.scrollHeight - was.height
    before.current = { ...was, height: element.scrollHeight, first }
  }, [entries, first])
  useEffect(() => {
    const element = box.current!
    const sizes = new ResizeObserver(() => {
      if (before.current.low) element.scrollTop = element.scrollHeight
    })
    sizes.observe(element)
    sizes.observe(lines.current!) // which grow when a font comes or the window gets narrow
    return () => sizes.disconnect()
  }, [])
  useEffect(() => {
    const read = log.read.value && !log.busy.value && !log.problem.value // what was scrolled to meanwhile is read now
    if (read && !before.current.low && box.current!.scrollTop < 80) log.more()
  }, [log.busy.value])
  const onScroll = () => {
    const { scrollTop, scrollHeight, clientHeight } = box.current!
    if (scrollHeight - scrollTop - clientHeight < 24) before.current.low = true
    else if (scrollTop < before.current.top) before.current.low = false // somebody went up
    before.current.top = scrollTop
    if (scrollTop < 80) log.more()
  }
  return (
    <div
      ref={box}
      class="log"
      role="log"
      aria-label={text.log}
      aria-busy={log.busy.value}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
      tabIndex={0}
      onScroll={onScroll}
    >
      <Problem message={log.problem.value} retry={() => log.refresh()} />
      {log.older.value && (
        <button type="button" class="quiet older" onClick={() => log.more()}>
          {text.older}
        </button>
      )}
      {log.read.value && entries.length === 0 && (
        <p class="none">
          <b>{text.empty}</b>
          {log.target && user.value?.role !== 'viewer' && text.emptyLead}
        </p>
      )}
      <ol ref={lines} data-names={names}>
        {entries.map((entry, n) => (
          <Line key={entry.id} entry={entry} date={dateBefore(entries, n)} names={names} />
        ))}
      </ol>
    </div>
  )
}

// dateBefore is the day that begins with a line, '' within a day.
function dateBefore(entries: readonly Entry[], n: number): string {
  const own = day(timeOf(entries[n]!))
  return n > 0 && day(timeOf(entries[n - 1]!)) === own ? '' : own
}

const timeOf = (entry: Entry): number => new Date(entry.time).getTime()

function Line({ entry, date, names }: { entry: Entry; date: string; names: boolean }) {
  const { direction, vehicle, by } = entry
  const time = timeOf(entry)
  const who = vehicle ?? words.detail.unknown
  return (
    <>
      {date && <li class="date">{date}</li>}
      <li data-direction={direction} data-state={entry.state} data-id={entry.id}>
        <time dateTime={new Date(time).toISOString()} title={moment(time)}>
          {clockExact(time)}
        </time>
        <span class="who" title={by ? text.by(by) : undefined}>
          <i aria-hidden="true">{direction === 'out' ? '→' : '←'}</i>
          <span class="unseen">{text[direction]}</span>
          {names && entry.vehicle_id !== null ? (
            <a href={`/console?vehicle=${entry.vehicle_id}`}>{who}</a>
          ) : (
            <b>{who}</b>
          )}
        </span>
        <div class="spoken">
          <code>{wordsOf(entry)}</code>
          {entry.answer !== null && (
            <code class="answer">
              <span class="unseen">{text.answer}: </span>
              {entry.answer || words.sending.noText}
            </code>
          )}
          <Understood entry={entry} />
        </div>
        <State entry={entry} />
      </li>
    </>
  )
}

// wordsOf leaves out that a text is the tracker's own: here most are.
const wordsOf = ({ text: said, kind }: Entry): string =>
  kind === 'command' ? said.replace(/^custom: /, '') : said

// Understood is what the server read from an answer.
function Understood({ entry }: { entry: Entry }) {
  const place = placeOf(entry.parsed)
  const facts = factsOf(entry.parsed)
  if (!place && facts.length === 0) return null
  return (
    <p class="understood">
      {place && (
        <button type="button" class="quiet" onClick={() => showPlace(entry.vehicle_id, place)}>
          <Icon name="locate" size={14} />
          {text.place} {number(place.latitude, 5)}, {number(place.longitude, 5)}
          {place.speed !== undefined && ` · ${speed(place.speed)}`}
          <u>{text.show}</u>
        </button>
      )}
      {facts.map(([name, value]) => {
        const known = title(name)
        return (
          <span key={name}>
            {known.text} <b>{[plain(value), known.unit].filter(Boolean).join(' ')}</b>
          </span>
        )
      })}
    </p>
  )
}

const open: ReadonlySet<string> = new Set(['queued', 'waking'])
const quiet: ReadonlySet<string> = new Set(['answered', 'received', 'delivered'])

// State says where a line stands, over which line, and why.
function State({ entry }: { entry: Entry }) {
  const { state, line, modem, reason } = entry
  const word = text.states[state] ?? state
  const help = (text.stateHelp as Record<string, string>)[state]
  const over = line ? text.over(text.short[line], modem ?? '') : (modem ?? '')
  const undo = async () => {
    try {
      await cancel(Number(entry.id.slice(1)))
      toast(text.cancelled)
    } catch (error) {
      toast((error as Error).message, { bad: true })
    }
  }
  return (
    <div class="state" data-tone={toneOf(state)} title={[help, reason].filter(Boolean).join(' · ')}>
      <p>
        {open.has(state) && entry.id.startsWith('c') && user.value?.role !== 'viewer' && (
          <button type="button" class="quiet" onClick={undo}>
            {text.cancel}
          </button>
        )}
        {over && <small>{over}</small>}
        <span>{word}</span>
        <StateSign state={state} />
      </p>
      {reason && !quiet.has(state) && <small class="reason">{reason}</small>}
    </div>
  )
}
