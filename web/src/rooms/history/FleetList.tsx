import { useSignal } from '@preact/signals'
import { Status } from '../../fleet/status'
import { age, clock as clockText, date, speed } from '../../format'
import { Glyph } from '../../ui/Glyph'
import { Button } from '../../ui/kit/Button'
import { Progress } from '../../ui/kit/Progress'
import { words } from '../../words'
import * as clock from './clock'
import { counted, crowd } from './crowd'
import { main, mode, nameOf, names, open, replay, vehicles } from './room'

const atOnce = 100

// FleetList is who was what at the clock's time.
export function FleetList() {
  counted.value
  names.value
  const text = words.history.list
  const more = useSignal(atOnce)
  const all = mode.value === 'fleet'
  const time = Math.floor(clock.shownAt.value / 60_000) * 60_000
  const ids = all ? [...crowd.where.keys()] : [...vehicles.value]
  const rows = ids
    .map((id) => ({
      id,
      name: nameOf(id),
      ...(crowd.where.get(id) ?? { status: Status.Nowhere, speed: 0, age: 0 }),
    }))
    .sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }))
  const loading = clock.waiting.value && rows.length === 0
  return (
    <div class="at">
      <h2>
        {all ? text.fleetAt(clockText(time)) : text.others}
        {all && <small>{date(time)}</small>}
      </h2>
      {loading && <Progress label={words.history.player.waiting} />}
      {!loading && rows.length === 0 && replay.value && !replay.value.problem.value && (
        <p class="hint">{text.nobody}</p>
      )}
      <ul>
        {rows.slice(0, more.value).map((row) => (
          <li key={row.id}>
            <button
              type="button"
              aria-current={row.id === main.value ? 'true' : undefined}
              title={text.openDay(row.name)}
              onClick={() => lead(row.id)}
            >
              <Glyph status={row.status} size={17} />
              <b>{row.name}</b>
              <span>{words.status[statusName(row.status)]}</span>
              <span class="figure">
                {row.status === Status.Moving
                  ? speed(row.speed)
                  : row.age >= 60
                    ? text.ago(age(row.age))
                    : ''}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {rows.length > more.value && (
        <Button
          onClick={() => {
            more.value += 400
          }}
        >
          {words.kit.more}
        </Button>
      )}
    </div>
  )
}

function statusName(status: Status) {
  return (['moving', 'idle', 'stopped', 'offline', 'alarm', 'nowhere'] as const)[status]
}

// lead makes a vehicle the one whose day is read; the clock stays.
function lead(id: number): void {
  const others = main.value === null ? [] : vehicles.value.filter((other) => other !== id)
  open([id, ...others], clock.from.value, clock.to.value, clock.time.value)
}
