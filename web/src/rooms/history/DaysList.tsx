import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { day as dayText, distance, number, span } from '../../format'
import { Problem } from '../../ui/kit/Problem'
import { Progress } from '../../ui/kit/Progress'
import { words } from '../../words'
import * as clock from './clock'
import { type DayTotal, readTotals } from './days'
import { around } from './line'
import { extent, main, open, vehicles, zone } from './room'

// DaysList is what each day of a long time held, the latest first. A press opens the day.
export function DaysList() {
  const text = words.history.list
  const days = useSignal<DayTotal[]>([])
  const done = useSignal(0)
  const problem = useSignal('')
  const attempt = useSignal(0)
  const [vehicle, from, to, at] = [main.value, clock.from.value, clock.to.value, zone.value]
  useEffect(() => {
    days.value = []
    done.value = 0
    problem.value = ''
    if (vehicle === null) return
    const abort = new AbortController()
    readTotals(vehicle, from, Math.min(to, Date.now()), at, abort.signal, (some, share) => {
      days.value = [...days.value, ...some.reverse()]
      extent.value = some.reduce((box, day) => around(box, day.box), extent.value)
      done.value = share
    }).catch((error: Error) => {
      if (!abort.signal.aborted) problem.value = error.message
    })
    return () => abort.abort()
  }, [vehicle, from, to, at, attempt.value])
  const most = Math.max(1, ...days.value.map((d) => d.distance))
  const sum = days.value.reduce((total, d) => total + d.distance, 0)
  const reading = vehicle !== null && done.value < 1 && !problem.value
  return (
    <div class="at">
      <p class="hint">{text.clickLine}</p>
      {vehicle !== null && (
        <h2>
          {text.days}
          <small>{distance(sum)}</small>
        </h2>
      )}
      <Problem message={problem.value} retry={() => attempt.value++} />
      {reading && <Progress label={text.readingDays} value={done.value} />}
      {vehicle !== null && done.value === 1 && days.value.length === 0 && <p class="hint">{text.noDays}</p>}
      <ul class="day-rows">
        {days.value.map((d) => (
          <li key={d.from}>
            <button type="button" onClick={() => open(vehicles.value, d.from, d.to)}>
              <b>{dayText(d.from)}</b>
              <span>
                {text.trips(d.trips, number(d.trips))} · {span(d.moving)}
              </span>
              <span class="figure">{distance(d.distance)}</span>
              <i style={{ width: `${((d.distance / most) * 100).toFixed(1)}%` }} />
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
