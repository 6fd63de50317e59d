import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { date, distance } from '../../format'
import { Button } from '../../ui/kit/Button'
import { locale, words } from '../../words'
import * as clock from './clock'
import { type DayTotal, readTotals } from './days'
import { main, open, vehicles, zone } from './room'
import { dayLength, dayNumber, startOfDay, startOfMonth, toLocal } from './zone'

// useMonth reads which days of a month have reports.
function useMonth(from: number, to: number): Map<number, DayTotal> {
  const totals = useSignal<Map<number, DayTotal>>(new Map())
  const [vehicle, at] = [main.value, zone.value]
  useEffect(() => {
    totals.value = new Map()
    if (vehicle === null) return
    const abort = new AbortController()
    readTotals(vehicle, from, Math.min(to, Date.now() + dayLength), at, abort.signal, (some) => {
      totals.value = new Map([...totals.value, ...some.map((t) => [t.from, t] as const)])
    }).catch(() => undefined) // the days can be chosen without the marks
    return () => abort.abort()
  }, [vehicle, from, to, at, totals])
  return totals.value
}

interface Props {
  now: number
  done(): void // a day was chosen
}

// Month is a month's days; those with reports are marked.
export function Month({ now, done }: Props) {
  const text = words.history.days
  const at = zone.value
  const month = useSignal(startOfMonth(clock.to.value - 1, at))
  const [begin, end] = [month.value, startOfMonth(month.value, at, 1)]
  const totals = useMonth(begin, end)
  const weekday = (dayNumber(begin, at) + 3) % 7 // Monday is 0
  const first = startOfDay(begin, at, -weekday)
  const days = Array.from({ length: 42 }, (_, n) => startOfDay(first, at, n)).filter(
    (day, n) => day < end || n % 7 !== 0 || n < 7,
  )
  const shown = days.slice(0, Math.ceil((weekday + Math.round((end - begin) / dayLength)) / 7) * 7)
  const title = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: at }).format(
    begin,
  )
  const pick = (day: number, extend: boolean) => {
    const from = extend ? Math.min(day, clock.from.value) : day
    const to = extend ? Math.max(startOfDay(day, at, 1), clock.to.value) : startOfDay(day, at, 1)
    open(vehicles.value, from, to)
    if (!extend) done()
  }
  return (
    <div class="month">
      <header>
        <Button
          kind="quiet"
          icon="chevronLeft"
          aria-label={text.previousMonth}
          onClick={() => {
            month.value = startOfMonth(begin, at, -1)
          }}
        />
        <b aria-live="polite">{title}</b>
        <Button
          kind="quiet"
          icon="chevronRight"
          aria-label={text.nextMonth}
          disabled={end > now}
          onClick={() => {
            month.value = end
          }}
        />
      </header>
      <div class="grid">
        {shown.slice(0, 7).map((day) => (
          <span key={day} aria-hidden="true">
            {new Intl.DateTimeFormat(locale, { weekday: 'narrow', timeZone: at }).format(day)}
          </span>
        ))}
        {shown.map((day) => {
          const total = totals.get(day)
          const name = date(day)
          return (
            <button
              key={day}
              type="button"
              data-other={day < begin || day >= end}
              data-driven={total ? (total.distance > 0 ? 'far' : 'there') : undefined}
              aria-pressed={day >= clock.from.value && day < clock.to.value}
              aria-label={total ? text.withData(name, distance(total.distance)) : name}
              title={total ? distance(total.distance) : undefined}
              disabled={day > now}
              onClick={(event) => pick(day, event.shiftKey)}
            >
              {new Date(toLocal(day, at)).getUTCDate()}
            </button>
          )
        })}
      </div>
      <p class="hint">{text.range}</p>
    </div>
  )
}
