import { date, distance, number, span, speed } from '../../format'
import { Button } from '../../ui/kit/Button'
import { Empty } from '../../ui/kit/Empty'
import { useLoad } from '../../ui/kit/load'
import { Problem } from '../../ui/kit/Problem'
import { Progress } from '../../ui/kit/Progress'
import { words } from '../../words'
import * as clock from './clock'
import { DaysList } from './DaysList'
import { FleetList } from './FleetList'
import { mostFixes, readVehicle } from './read'
import { busy, day, legs, main, mode, open, problem, reload, replay, track, vehicles, zone } from './room'
import { Trips } from './Trips'
import { startOfDay } from './zone'

// Side is the list beside the map: a day's trips and stops, the fleet at the clock's time, or a long time's days.
export function Side() {
  const kind = mode.value
  const trouble = problem.value || replay.value?.problem.value || ''
  const retry = () => {
    replay.value?.retry()
    if (problem.value) reload()
  }
  return (
    <section class="history-side" aria-label={words.history.list.label}>
      <Problem message={trouble} retry={retry} />
      {kind === 'long' && <DaysList />}
      {kind === 'fleet' && <FleetList />}
      {kind === 'day' && <DaySide />}
    </section>
  )
}

function DaySide() {
  const text = words.history
  if (busy.value && !day.value) return <Progress label={text.loading} />
  if (!day.value) return null
  const fixes = track.value?.time.length ?? 0
  return (
    <>
      {vehicles.value.length > 1 && <FleetList />}
      {day.value.fixes > 0 && <Totals />}
      {busy.value && <Progress label={text.loadingFixes} value={busy.value.value} />}
      {day.value.fixes > mostFixes && fixes > 0 && <p class="hint">{text.tooMany(number(mostFixes))}</p>}
      {day.value.fixes === 0 && track.value ? <Nothing /> : <Trips />}
    </>
  )
}

export function Totals() {
  const text = words.history.totals
  const said = day.value!
  const figures: [string, string][] = [
    [text.distance, distance(said.distance_m)],
    [text.moving, span(said.moving_s)],
    [text.idle, span(said.idle_s)],
    [text.stopped, span(said.stopped_s)],
    [text.fastest, speed(said.max_speed_kmh)],
  ]
  const count = (kind: string) => legs.value.filter((leg) => leg.kind === kind).length
  const { trips, stops } = words.history.list
  const [driven, stood] = [count('trip'), count('stop')]
  return (
    <>
      <dl class="totals">
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <h2>
        {trips(driven, number(driven))}, {stops(stood, number(stood))}
      </h2>
    </>
  )
}

// Nothing says when the vehicle last reported, and leads there.
function Nothing() {
  const text = words.history.empty
  const id = main.value!
  const { data } = useLoad((signal) => readVehicle(id, signal), [id])
  const at = zone.value
  const oneDay = startOfDay(clock.to.value - 1, at) === clock.from.value
  const title = oneDay ? text.title(date(clock.from.value)) : text.range
  const last = Date.parse(data.value?.last?.time ?? '')
  if (!data.value) return <Empty icon="route" title={title} />
  if (Number.isNaN(last)) return <Empty icon="route" title={title} lead={text.never} />
  const show = () => open(vehicles.value, startOfDay(last, at), startOfDay(last, at, 1))
  return (
    <Empty
      icon="route"
      title={title}
      lead={`${text.last(date(last))} ${text.other}`}
      action={
        <Button kind="primary" onClick={show}>
          {text.open(date(last))}
        </Button>
      }
    />
  )
}
