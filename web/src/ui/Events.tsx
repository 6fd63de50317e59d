import { useComputed, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { readEvents, type VehicleEvent } from '../api/vehicle'
import { midnight } from '../day'
import { Status } from '../fleet/status'
import { alarmNames, clock, day, moment } from '../format'
import { fleet } from '../state'
import { words } from '../words'
import { useEvery } from './every'
import { Glyph } from './Glyph'
import { Icon, type IconName } from './Icon'
import { useLoad } from './kit/load'
import { toast } from './kit/toast'

const atFirst = 8

// Events lists what last happened to the vehicle, the newest first, and older ones when asked.
export function Events({ id }: { id: number }) {
  const round = useEvery(20_000)
  const older = useSignal<VehicleEvent[]>([])
  const next = useSignal<string | null>(null)
  const alarm = useComputed(() => {
    fleet.version.value
    const slot = fleet.slot(id)
    return slot >= 0 && fleet.status[slot] === Status.Alarm
  })
  useEffect(() => {
    older.value = []
    next.value = null
  }, [id, older, next])
  const { data } = useLoad(
    (signal) => readEvents(id, atFirst, signal).then((answer) => ({ ...answer, id })),
    [id, round.value, alarm.value],
  )
  const read = data.value
  if (!read || read.id !== id) return null
  const newest = read.items
  const seen = new Set(newest.map((event) => event.id))
  const all = [...newest, ...older.value.filter((event) => !seen.has(event.id))]
  const after = next.value ?? read.next
  const more = async () => {
    try {
      const answer = await readEvents(id, 30, new AbortController().signal, after!)
      older.value = [...older.value, ...answer.items]
      next.value = answer.next ?? ''
    } catch (error) {
      toast((error as Error).message, { bad: true })
    }
  }
  return (
    <section class="events">
      <h3>{words.detail.events}</h3>
      {all.length === 0 && <p>{words.detail.noEvents}</p>}
      <ul>
        {all.map((event) => (
          <Line key={event.id} event={event} />
        ))}
      </ul>
      {after && (
        <button type="button" class="quiet" onClick={more}>
          {words.detail.older}
        </button>
      )}
    </section>
  )
}

const icons: Record<string, IconName> = { clock: 'history', command_result: 'message' }

function Line({ event }: { event: VehicleEvent }) {
  const time = Date.parse(event.time)
  const today = time >= midnight(fleet.serverNow())
  const kind = words.detail.eventKinds[event.kind] ?? event.kind.replaceAll('_', ' ')
  const text = event.kind === 'alarm' ? alarmNames(event.text) : event.text || kind
  return (
    <li>
      <time dateTime={event.time} title={moment(time)}>
        {today ? clock(time) : day(time)}
      </time>
      {event.kind === 'alarm' ? (
        <Glyph status={Status.Alarm} size={15} />
      ) : (
        <Icon name={icons[event.kind] ?? 'activity'} size={15} />
      )}
      <span>
        <span class="unseen">{kind}: </span>
        {text}
      </span>
    </li>
  )
}
