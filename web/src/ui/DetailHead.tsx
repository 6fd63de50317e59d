import { historyOf, shareSelected, toggleFollow } from '../actions'
import type { VehicleDetail } from '../api'
import { Status, statusKeys } from '../fleet/status'
import { age, alarmNames, moment, span } from '../format'
import { messagesOpen, toggleMessages } from '../messages'
import { places } from '../places'
import { fleet, follow, select, user } from '../state'
import { colourOf, toggleWatched } from '../watched'
import { words } from '../words'
import { Icon, type IconName } from './Icon'
import { VehicleGlyph } from './Row'

interface Props {
  slot: number
  about: VehicleDetail | null
}

// DetailHead says which vehicle it is, how it is, and what can be done with it.
export function DetailHead({ slot, about }: Props) {
  fleet.version.value
  const status = fleet.status[slot] as Status
  const key = statusKeys[status]
  const where = places.of(fleet, slot) || about?.place
  const second = [fleet.plates[slot], fleet.groups[slot]].filter(Boolean).join(' · ')
  return (
    <header>
      <div class="title">
        <VehicleGlyph slot={slot} size={26} />
        <h2>{fleet.names[slot]}</h2>
        <span class="pill" data-state={key}>
          {words.status[key]}
        </span>
        <button type="button" class="quiet square" aria-label={words.close} onClick={() => select(null)}>
          <Icon name="x" />
        </button>
      </div>
      {second && <p>{second}</p>}
      {where && <p class="place">{where}</p>}
      {status === Status.Alarm && <Alarms about={about} />}
      <p class="since">
        <Since about={about} />
        <LastFix slot={slot} about={about} />
      </p>
      <Actions slot={slot} />
    </header>
  )
}

function Actions({ slot }: { slot: number }) {
  fleet.version.value
  const id = fleet.ids[slot]!
  const watched = colourOf(id) >= 0
  const { detail } = words
  return (
    <div class="actions">
      <button
        type="button"
        class={follow.value ? 'primary' : ''}
        aria-pressed={follow.value}
        disabled={!fleet.located(slot)}
        title={`${detail.follow} (F)`}
        onClick={toggleFollow}
      >
        <Icon name="locate" size={16} />
        {follow.value ? detail.following : detail.follow}
      </button>
      <button
        type="button"
        aria-pressed={watched}
        title={`${detail.watch} (W)`}
        onClick={() => toggleWatched(id)}
      >
        <Icon name="eye" size={16} />
        {watched ? detail.watching : detail.watch}
      </button>
      <a class="button" href={historyOf(id)}>
        <Icon name="route" size={16} />
        {detail.history}
      </a>
      <Square icon="message" label={detail.messages} pressed={messagesOpen.value} act={toggleMessages} />
      {user.value?.role !== 'viewer' && <Square icon="share" label={detail.share} act={shareSelected} />}
    </div>
  )
}

function Square(props: { icon: IconName; label: string; pressed?: boolean; act(): unknown }) {
  const { icon, label, pressed, act } = props
  return (
    <button
      type="button"
      class="square"
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      onClick={act}
    >
      <Icon name={icon} size={16} />
    </button>
  )
}

function Alarms({ about }: { about: VehicleDetail | null }) {
  const alarms = about?.values?.find((v) => v.name === 'alarms')
  if (!alarms) return null
  return (
    <p class="alarms">
      <Icon name="warning" size={15} />
      {alarmNames(alarms.value)}
    </p>
  )
}

// Since says how long the vehicle has been doing what it does.
function Since({ about }: { about: VehicleDetail | null }) {
  fleet.version.value
  const motion = about?.motion
  if (!motion?.since || motion.state === 'unknown') return null
  const lasted = (fleet.serverNow() - Date.parse(motion.since)) / 1000
  return <span>{words.detail.for(words.status[motion.state], span(Math.max(0, lasted)))}</span>
}

function LastFix({ slot, about }: Props) {
  fleet.version.value
  const seconds = fleet.age(slot)
  if (Number.isNaN(seconds)) return <span>{words.detail.noFix}</span>
  const exact = about?.last?.time ? moment(Date.parse(about.last.time)) : ''
  return (
    <span title={exact} class={fleet.stale[slot] ? 'late' : ''}>
      {words.detail.ago(age(seconds))}
    </span>
  )
}
