import { useSignal } from '@preact/signals'
import { historyOf } from '../actions'
import { type Day, type Motion, readDay } from '../api/vehicle'
import { midnight, ticks } from '../day'
import { clock, distance, span } from '../format'
import { fleet } from '../state'
import { words } from '../words'
import { useEvery } from './every'
import { useLoad } from './kit/load'

const motions: Motion[] = ['moving', 'idle', 'stopped', 'silent']

// Today is the vehicle's day so far: a bar of what it did, how far it went and how long.
export function Today({ id }: { id: number }) {
  const round = useEvery(60_000)
  const bounds = useSignal({ from: 0, to: 1 })
  const { data } = useLoad(
    (signal) => {
      const to = fleet.serverNow()
      const from = midnight(to)
      return readDay(id, from, to, signal).then((day) => {
        bounds.value = { from, to }
        return { id, day }
      })
    },
    [id, round.value],
  )
  const read = data.value
  if (!read || read.id !== id) return null
  const { day } = read
  return (
    <section class="today">
      <h3>
        <a href={historyOf(id)}>{words.detail.today}</a>
        <span>{day.fixes > 0 && facts(day)}</span>
      </h3>
      {day.fixes === 0 ? (
        <p>{words.detail.noDay}</p>
      ) : (
        <>
          <Bar day={day} from={bounds.value.from} to={bounds.value.to} />
          <Sums day={day} />
        </>
      )}
    </section>
  )
}

const facts = (day: Day): string => words.detail.todayFacts(distance(day.distance_m), span(day.moving_s))

function Bar({ day, from, to }: { day: Day; from: number; to: number }) {
  const share = (time: string) => ((Date.parse(time) - from) / (to - from)) * 100
  return (
    <>
      <div class="bar" role="img" aria-label={`${words.detail.today}: ${facts(day)}`}>
        {day.segments.map((segment) => {
          const left = Math.max(0, share(segment.from))
          const lasted = (Date.parse(segment.to) - Date.parse(segment.from)) / 1000
          const ends = [clock(Date.parse(segment.from)), clock(Date.parse(segment.to))] as const
          return (
            <i
              key={segment.from}
              data-motion={segment.state}
              title={words.detail.part(words.detail.motion[segment.state], span(lasted), ...ends)}
              style={{ left: `${left}%`, width: `${Math.min(100, share(segment.to)) - left}%` }}
            />
          )
        })}
      </div>
      <p class="hours" aria-hidden="true">
        {ticks(from, to).map((tick) => (
          <span key={tick} style={{ left: `${((tick - from) / (to - from)) * 100}%` }}>
            {clock(tick)}
          </span>
        ))}
        <span class="now">{words.detail.now}</span>
      </p>
    </>
  )
}

function Sums({ day }: { day: Day }) {
  return (
    <ul class="sums">
      {motions
        .filter((motion) => day[`${motion}_s`] > 0)
        .map((motion) => (
          <li key={motion}>
            <i data-motion={motion} />
            {words.detail.motion[motion]} <b>{span(day[`${motion}_s`])}</b>
          </li>
        ))}
    </ul>
  )
}
