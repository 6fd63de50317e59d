import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import { Icon } from '../../ui/Icon'
import { words } from '../../words'
import { shareOf, timeAt, zoom } from './axis'
import { Charts, measureOf } from './Charts'
import * as clock from './clock'
import { gutter } from './gutter'
import { Player } from './Player'
import { Popover } from './Popover'
import { charts, mode, track } from './room'
import { Timeline } from './Timeline'

// Dock is the playback below the map: the player, the timeline, and the charts on the same hours.
export function Dock() {
  const folded = useSignal(false)
  const text = words.history.charts
  const hasCharts = mode.value === 'day' && track.value !== null && track.value.time.length > 0
  if (mode.value === 'long') return null
  return (
    <section class="dock" data-folded={folded.value}>
      <Player>
        {hasCharts && <Choose />}
        {hasCharts && (
          <button
            type="button"
            class="quiet square fold"
            aria-expanded={!folded.value}
            aria-label={text.label}
            title={text.label}
            onClick={() => {
              folded.value = !folded.value
            }}
          >
            <Icon name={folded.value ? 'chevronUp' : 'chevronDown'} size={17} />
          </button>
        )}
      </Player>
      <Plots>
        <Timeline />
        {hasCharts && !folded.value && (
          <div class="charts">
            <Charts />
          </div>
        )}
      </Plots>
    </section>
  )
}

// Plots is what lies on the hours: the pointer moves the clock anywhere on it, and one cursor crosses all.
function Plots({ children }: { children: preact.ComponentChildren }) {
  const box = useRef<HTMLDivElement>(null)
  const dragging = useRef(false)
  const { left, right } = gutter()
  const share = (x: number): number => {
    const bounds = box.current!.getBoundingClientRect()
    return (x - bounds.left - left) / (bounds.width - left - right)
  }
  const at = (event: PointerEvent) => timeAt(Math.min(1, Math.max(0, share(event.clientX))))
  return (
    <div
      class="plots"
      ref={box}
      style={{ '--left': `${left}px`, '--right': `${right}px` }}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        dragging.current = true
        event.currentTarget.setPointerCapture(event.pointerId)
        clock.setTime(at(event))
      }}
      onPointerMove={(event) => {
        if (dragging.current) clock.setTime(at(event))
        else if (event.pointerType === 'mouse' && !clock.playing.value) clock.peek.value = at(event)
      }}
      onPointerUp={() => {
        dragging.current = false
      }}
      onPointerCancel={() => {
        dragging.current = false
      }}
      onPointerLeave={() => {
        clock.peek.value = null
      }}
      onWheel={(event) => {
        if (!event.ctrlKey && !event.shiftKey) return
        event.preventDefault()
        zoom(event.deltaY + event.deltaX > 0 ? 1.3 : 1 / 1.3, share(event.clientX))
      }}
    >
      {children}
      <Cursor />
    </div>
  )
}

function Cursor() {
  const share = shareOf(clock.shownAt.value)
  if (share < 0 || share > 1) return null
  return (
    <div class="cursor-room" aria-hidden="true">
      <div class="cursor-line" data-peek={clock.peek.value !== null} style={{ left: `${share * 100}%` }} />
    </div>
  )
}

function Choose() {
  const text = words.history.charts
  const names = [...(track.value?.values.keys() ?? [])]
  const order = names
    .map((name) => ({ name, text: measureOf(name).text, unit: measureOf(name).unit }))
    .sort((a, b) => a.text.localeCompare(b.text))
  const toggle = (name: string) => {
    charts.value = charts.value.includes(name)
      ? charts.value.filter((c) => c !== name)
      : [...charts.value, name].slice(-8)
  }
  return (
    <Popover
      id="history-charts"
      label={text.choose}
      button={
        <>
          <Icon name="activity" size={16} />
          <span>{text.choose}</span>
        </>
      }
    >
      <ul class="chart-names">
        {order.map(({ name, text: known, unit }) => (
          <li key={name}>
            <label class="check">
              <input type="checkbox" checked={charts.value.includes(name)} onChange={() => toggle(name)} />
              {known}
              <small>{unit}</small>
            </label>
          </li>
        ))}
      </ul>
    </Popover>
  )
}
