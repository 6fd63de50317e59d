import type { UsageDay } from '../../api/sims'
import { date } from '../../format'
import { fleet } from '../../state'
import { words } from '../../words'
import { pace } from './budget'

interface Props {
  label: string
  days: UsageDay[]
  value(day: UsageDay): number
  budget: number | null // a month
  write(value: number): string
}

// DayBars is what each day took, and as a line what a day may take so that the budget lasts.
export function DayBars({ label, days, value, budget, write }: Props) {
  const values = days.map(value)
  const even = pace(budget, fleet.serverNow())
  const top = Math.max(1, ...values, Number.isNaN(even) ? 0 : even * 1.15)
  const sum = values.reduce((a, b) => a + b, 0)
  const dayOf = (d: UsageDay) => date(Date.parse(`${d.day.slice(0, 10)}T12:00:00Z`))
  return (
    <figure class="day-bars">
      <div role="img" aria-label={words.sims.bars(label, write(sum), write(Math.max(...values)))}>
        {days.map((d, n) => (
          <i
            key={d.day}
            title={`${dayOf(d)}: ${write(values[n]!)}`}
            data-over={values[n]! > even}
            style={{ height: `${Math.max(values[n]! > 0 ? 3 : 0, (values[n]! / top) * 100)}%` }}
          />
        ))}
        {!Number.isNaN(even) && (
          <span class="pace" style={{ bottom: `${(even / top) * 100}%` }}>
            <small>{words.sims.pace(write(even))}</small>
          </span>
        )}
      </div>
      <figcaption aria-hidden="true">
        <span>{dayOf(days[0]!)}</span>
        <span>{dayOf(days.at(-1)!)}</span>
      </figcaption>
    </figure>
  )
}
