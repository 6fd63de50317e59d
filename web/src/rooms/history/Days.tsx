import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { clock as clockText, date, day as dayText, zoneName } from '../../format'
import { Icon } from '../../ui/Icon'
import { Button } from '../../ui/kit/Button'
import { words } from '../../words'
import { longest } from './address'
import * as clock from './clock'
import { Month } from './Month'
import { closePopover, Popover } from './Popover'
import { open, vehicles, zone } from './room'
import { dayLength, fromLocal, startOfDay, toLocal } from './zone'

const id = 'history-days'
const show = (from: number, to: number) => open(vehicles.value, from, to)

// spanText writes the span that is shown: a day by its name, what is not whole days with its hours.
export function spanText(): string {
  const [from, to] = [clock.from.value, clock.to.value]
  const at = zone.value
  const midnights = startOfDay(from, at) === from && startOfDay(to, at) === to
  if (midnights && startOfDay(from, at, 1) === to)
    return `${dayText(from)} ${new Date(toLocal(from, at)).getUTCFullYear()}`
  if (midnights) return `${date(from)} – ${date(to - 1)}`
  const same = startOfDay(from, at) === startOfDay(to - 1, at)
  const begin = `${date(from)} ${clockText(from)}`
  return same ? `${begin} – ${clockText(to)}` : `${begin} – ${date(to)} ${clockText(to)}`
}

// shift goes to the span before or after of the same length; whole days stay whole days.
function shift(direction: 1 | -1): void {
  const [from, to] = [clock.from.value, clock.to.value]
  const at = zone.value
  if (startOfDay(from, at) !== from || startOfDay(to, at) !== to) {
    show(from + direction * (to - from), to + direction * (to - from))
    return
  }
  const days = Math.round((to - from) / dayLength) * direction
  show(startOfDay(from, at, days), startOfDay(to, at, days))
}

// Days chooses the time that is shown.
export function Days() {
  const text = words.history.days
  const isOpen = useSignal(false)
  const now = Date.now()
  return (
    <div class="days">
      <Button
        kind="quiet"
        icon="chevronLeft"
        aria-label={text.previous}
        title={text.previous}
        onClick={() => shift(-1)}
      />
      <Popover
        id={id}
        label={text.label}
        class="pick"
        opened={() => {
          isOpen.value = true
        }}
        closed={() => {
          isOpen.value = false
        }}
        button={
          <>
            <Icon name="calendar" size={16} />
            <span class="hidden">{text.label}</span>
            <b>{spanText()}</b>
            <Icon name="chevronDown" size={15} />
          </>
        }
      >
        {isOpen.value && (
          <div class="calendar">
            <Presets now={now} />
            <Month now={now} done={() => closePopover(id)} />
            <Range />
          </div>
        )}
      </Popover>
      <Button
        kind="quiet"
        icon="chevronRight"
        aria-label={text.next}
        title={text.next}
        disabled={clock.to.value > now}
        onClick={() => shift(1)}
      />
      <span class="zone" title={text.zone(zone.value)}>
        {zoneName(clock.from.value)}
      </span>
    </div>
  )
}

function Presets({ now }: { now: number }) {
  const text = words.history.days
  const at = zone.value
  const end = startOfDay(now, at, 1)
  const spans: [string, number, number][] = [
    [text.today, startOfDay(now, at), end],
    [text.yesterday, startOfDay(now, at, -1), startOfDay(now, at)],
    [text.week, startOfDay(now, at, -6), end],
    [text.month, startOfDay(now, at, -29), end],
    [text.year, startOfDay(now, at, -364), end],
  ]
  return (
    <div class="presets">
      {spans.map(([name, from, to]) => (
        <button
          key={name}
          type="button"
          aria-pressed={clock.from.value === from && clock.to.value === to}
          onClick={() => {
            show(from, to)
            closePopover(id)
          }}
        >
          {name}
        </button>
      ))}
    </div>
  )
}

const written = (time: number, at: string) => new Date(toLocal(time, at)).toISOString().slice(0, 16)

function Range() {
  const text = words.history.days
  const at = zone.value
  const from = useSignal(written(clock.from.value, at))
  const to = useSignal(written(clock.to.value, at))
  useEffect(() => {
    from.value = written(clock.from.value, at)
    to.value = written(clock.to.value, at)
  }, [clock.from.value, clock.to.value, at, from, to])
  const read = (value: string) => fromLocal(Date.parse(`${value}Z`), at)
  const [begin, end] = [read(from.value), read(to.value)]
  const problem = end - begin > longest ? text.tooLong : end > begin ? '' : text.order
  return (
    <form
      class="range"
      onSubmit={(event) => {
        event.preventDefault()
        if (problem) return
        show(begin, end)
        closePopover(id)
      }}
    >
      <label>
        {text.from}
        <input
          type="datetime-local"
          required
          value={from.value}
          onInput={(e) => {
            from.value = e.currentTarget.value
          }}
        />
      </label>
      <label>
        {text.to}
        <input
          type="datetime-local"
          required
          value={to.value}
          onInput={(e) => {
            to.value = e.currentTarget.value
          }}
        />
      </label>
      <Button type="submit" kind="primary">
        {text.show}
      </Button>
      <p class="problem" role="alert">
        {problem}
      </p>
    </form>
  )
}
