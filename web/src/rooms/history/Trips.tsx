import { useComputed } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { clock as clockText, distance, span, speed } from '../../format'
import { words } from '../../words'
import * as clock from './clock'
import { legs, map } from './room'
import { type Leg, legAt } from './segments'

// Trips is the day's trips and stops; the one that the clock is in is marked, and a press jumps to its beginning.
export function Trips() {
  const list = useRef<HTMLOListElement>(null)
  const current = useComputed(() => legAt(legs.value, clock.shownAt.value))
  useEffect(() => {
    if (clock.peek.value === null) {
      list.current?.children[current.value]?.scrollIntoView({ block: 'nearest' })
    }
  }, [current.value])
  const jump = (leg: Leg) => {
    clock.setTime(leg.from)
    map.value?.show(leg.from, leg.to)
  }
  return (
    <ol class="trips" ref={list}>
      {legs.value.map((leg, n) => (
        <li key={leg.from} data-kind={leg.kind}>
          <button
            type="button"
            aria-current={n === current.value ? 'time' : undefined}
            onClick={() => jump(leg)}
          >
            <i aria-hidden="true">{leg.kind === 'stop' ? leg.number : ''}</i>
            <span class="what">
              <b>{titleOf(leg)}</b>
              <span>{placeOf(leg)}</span>
            </span>
            <span class="when">
              <b>{span((leg.to - leg.from) / 1000)}</b>
              <span>
                {clockText(leg.from)}–{clockText(leg.to)}
              </span>
            </span>
            {n === current.value && <Passed leg={leg} />}
          </button>
        </li>
      ))}
    </ol>
  )
}

// Passed is how much of the leg the clock has passed.
function Passed({ leg }: { leg: Leg }) {
  const share = Math.min(1, (clock.shownAt.value - leg.from) / Math.max(1, leg.to - leg.from))
  return <span class="passed" style={{ width: `${(share * 100).toFixed(2)}%` }} />
}

export function titleOf(leg: Leg): string {
  const text = words.history.list
  if (leg.kind === 'silence') return text.silence
  if (leg.kind === 'trip') return distance(leg.distance)
  return leg.start?.place || leg.end?.place || text.unknownPlace
}

export function placeOf(leg: Leg): string {
  const text = words.history.list
  if (leg.kind === 'trip') return text.upTo(speed(leg.fastest))
  if (leg.kind === 'stop') return leg.idle > 0 ? text.idling(span(leg.idle / 1000)) : text.stop
  return leg.start?.place ?? ''
}
