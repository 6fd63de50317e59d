import type { ComponentChildren } from 'preact'
import { clock as clockText, day as dayText, speed as speedText } from '../../format'
import { Icon } from '../../ui/Icon'
import { Button } from '../../ui/kit/Button'
import { words } from '../../words'
import { speeds } from './address'
import { isZoomed, zoom, zoomOut } from './axis'
import * as clock from './clock'
import { counted, crowd } from './crowd'
import { follow, legs, main, mode, playOrPause, wholeFleet, zone } from './room'
import { legAt } from './segments'
import { titleOf } from './Trips'
import { toLocal } from './zone'

// Player starts and stops the clock, and says what time it is and what the vehicle did then.
export function Player({ children }: { children?: ComponentChildren }) {
  const text = words.history.player
  const playing = clock.playing.value
  const label = playing ? text.pause : text.play
  const day = mode.value === 'day'
  return (
    <section class="player" aria-label={text.label}>
      {day && (
        <Button
          kind="quiet"
          icon="chevronLeft"
          aria-label={text.previous}
          title={text.previous}
          onClick={() => toStop(-1)}
        />
      )}
      <button type="button" class="primary play" aria-label={label} title={label} onClick={playOrPause}>
        <Icon name={playing ? 'pause' : 'play'} size={18} />
      </button>
      {day && (
        <Button
          kind="quiet"
          icon="chevronRight"
          aria-label={text.next}
          title={text.next}
          onClick={() => toStop(1)}
        />
      )}
      <Speed />
      <Now />
      <div class="switches">
        {main.value !== null && (
          <button
            type="button"
            aria-pressed={follow.value}
            onClick={() => {
              follow.value = !follow.value
            }}
          >
            <Icon name="locate" size={16} />
            <span>{text.follow}</span>
          </button>
        )}
        {day && (
          <button
            type="button"
            aria-pressed={wholeFleet.value}
            aria-label={text.others}
            onClick={() => {
              wholeFleet.value = !wholeFleet.value
            }}
          >
            <Icon name="users" size={16} />
            <span>{text.others}</span>
          </button>
        )}
        <Zoom />
        {children}
      </div>
    </section>
  )
}

function Speed() {
  const text = words.history.player
  return (
    <label class="speed">
      <span class="hidden">{text.speedLabel}</span>
      <select
        value={clock.speed.value}
        title={text.speedLabel}
        onChange={(event) => {
          clock.speed.value = Number(event.currentTarget.value)
        }}
      >
        {speeds.map((n) => (
          <option key={n} value={n}>
            {text.speed(n)}
          </option>
        ))}
      </select>
    </label>
  )
}

const seconds = (time: number): string =>
  String(Math.floor(toLocal(time, zone.value) / 1000) % 60).padStart(2, '0')

// Now is the moment that map, charts and list show.
function Now() {
  counted.value
  const time = clock.shownAt.value
  const at = main.value === null ? undefined : crowd.where.get(main.value)
  const leg = mode.value === 'day' ? legs.value[legAt(legs.value, time)] : undefined
  return (
    <p class="now" data-peek={clock.peek.value !== null}>
      <time dateTime={new Date(time).toISOString()}>
        {clockText(time)}:{seconds(time)}
      </time>
      <span>{dayText(time)}</span>
      {at && !Number.isNaN(at.speed) && leg?.kind !== 'silence' && <b>{speedText(at.speed)}</b>}
      {leg && leg.kind !== 'trip' && <span class="where">{titleOf(leg)}</span>}
      {clock.waiting.value && <span class="late">{words.history.player.waiting}</span>}
    </p>
  )
}

function Zoom() {
  const text = words.history.player
  return (
    <span class="zoom">
      <Button
        kind="quiet"
        icon="minus"
        aria-label={text.zoomOut}
        title={text.zoomOut}
        disabled={!isZoomed.value}
        onClick={() => zoom(2)}
      />
      <Button
        kind="quiet"
        icon="plus"
        aria-label={text.zoomIn}
        title={text.zoomIn}
        onClick={() => zoom(0.5)}
      />
      <Button
        kind="quiet"
        icon="maximize"
        aria-label={text.whole}
        title={text.whole}
        disabled={!isZoomed.value}
        onClick={zoomOut}
      />
    </span>
  )
}

// toStop jumps to the beginning of the stop before or after the clock's time.
export function toStop(direction: 1 | -1): void {
  const now = clock.time.value
  const stops = legs.value.filter((leg) => leg.kind === 'stop').map((leg) => leg.from)
  const next = direction > 0 ? stops.find((at) => at > now) : stops.findLast((at) => at < now - 1000)
  clock.setTime(next ?? (direction > 0 ? clock.to.value : clock.from.value))
}
