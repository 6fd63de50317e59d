import { clock as clockText, day as dayText, moment } from '../../format'
import { words } from '../../words'
import { shareOf, viewed } from './axis'
import * as clock from './clock'
import { toStop } from './Player'
import { legs, mode, spans, zone } from './room'
import { legAt } from './segments'
import { titleOf } from './Trips'
import { hour, minute, second, startOfDay, ticks } from './zone'

// Timeline is the bar of what the vehicle did, and the clock as a slider.
export function Timeline() {
  return (
    <div class="timeline">
      <Slider />
      <Bar />
      <Hours />
    </div>
  )
}

// Bar draws the stretches of moving, idling, standing and silence.
export function Bar() {
  const [from, to] = viewed.value
  const at = (time: number) => Math.min(1, Math.max(0, shareOf(time))) * 100
  const seen = spans.value.filter((span) => span.to > from && span.from < to)
  return (
    <div class="bar" aria-hidden="true">
      {seen.map((span) => (
        <i
          key={span.from}
          data-state={span.state}
          title={words.history.player.states[span.state]}
          style={{ left: `${at(span.from)}%`, width: `${at(span.to) - at(span.from)}%` }}
        />
      ))}
      {legs.value.map((leg) => {
        const place = shareOf((leg.from + leg.to) / 2)
        const wide = shareOf(leg.to) - shareOf(leg.from) > 0.018
        return leg.kind === 'stop' && wide && place > 0 && place < 1 ? (
          <b key={leg.from} style={{ left: `${place * 100}%` }}>
            {leg.number}
          </b>
        ) : null
      })}
    </div>
  )
}

function Hours() {
  const [from, to] = viewed.value
  const most = innerWidth < 700 ? 5 : 12
  const found = ticks(from, to, zone.value, most)
  return (
    <p class="ticks" aria-hidden="true">
      {found.map((time) => (
        <span key={time} style={{ left: `${shareOf(time) * 100}%` }}>
          {startOfDay(time, zone.value) === time && mode.value === 'long' ? dayText(time) : clockText(time)}
        </span>
      ))}
    </p>
  )
}

// Slider is the clock for keyboards and screen readers; the pointer moves it anywhere on the timeline and the charts.
function Slider() {
  const time = clock.time.value
  const leg = legs.value[legAt(legs.value, time)]
  const state = leg ? ` · ${leg.kind === 'trip' ? words.history.list.trip : titleOf(leg)}` : ''
  return (
    <div
      class="slider"
      role="slider"
      tabIndex={0}
      aria-label={words.history.player.timeline}
      aria-valuemin={Math.round(clock.from.value / 1000)}
      aria-valuemax={Math.round(clock.to.value / 1000)}
      aria-valuenow={Math.round(time / 1000)}
      aria-valuetext={moment(time) + state}
      onKeyDown={(event) => {
        if (event.ctrlKey || event.metaKey || event.altKey || !key(event.key, event.shiftKey)) return
        event.preventDefault()
        event.stopPropagation()
      }}
    />
  )
}

// key moves the clock: arrows by a minute (with Shift ten seconds), pages by an hour or from stop to stop.
function key(name: string, fine: boolean): boolean {
  const step = fine ? 10 * second : minute
  const move = (by: number) => clock.setTime(clock.time.value + by)
  const actions: Record<string, () => void> = {
    ArrowRight: () => move(step),
    ArrowUp: () => move(step),
    ArrowLeft: () => move(-step),
    ArrowDown: () => move(-step),
    PageUp: () => (legs.value.length > 0 ? toStop(1) : move(hour)),
    PageDown: () => (legs.value.length > 0 ? toStop(-1) : move(-hour)),
    Home: () => clock.setTime(clock.from.value),
    End: () => clock.setTime(clock.to.value),
  }
  const action = actions[name]
  action?.()
  return action !== undefined
}
