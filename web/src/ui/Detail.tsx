import { useEffect } from 'preact/hooks'
import type { VehicleDetail } from '../api'
import { Status, statusKeys } from '../fleet/status'
import { age, alarmNames, moment, span } from '../format'
import { fleet, follow, select, selected } from '../state'
import { words } from '../words'
import { detail, detailProblem, keepDetail } from './details'
import { Icon } from './Icon'
import { VehicleGlyph } from './Row'
import { SpeedChart } from './SpeedChart'
import { MoreValues, Values } from './Values'

export function Detail() {
  useEffect(keepDetail, [])
  fleet.version.value
  const id = selected.value
  const slot = id === null ? -1 : fleet.slot(id)
  const about = detail.value?.id === id ? detail.value : null
  if (slot < 0) return null
  return (
    <aside class="detail" aria-label={words.detail.label}>
      <Head slot={slot} about={about} />
      {detailProblem.value && (
        <p class="problem" role="alert">
          <Icon name="warning" size={16} />
          {words.detail.failed} {detailProblem.value}
        </p>
      )}
      <Values slot={slot} about={about} />
      <SpeedChart />
      {about && <MoreValues about={about} />}
    </aside>
  )
}

function Head({ slot, about }: { slot: number; about: VehicleDetail | null }) {
  fleet.version.value
  const status = fleet.status[slot] as Status
  const key = statusKeys[status]
  const device = about?.device
  const second = [fleet.plates[slot], fleet.groups[slot]].filter(Boolean).join(' · ')
  const third = device ? [device.protocol, device.model, device.identity].filter(Boolean).join(' · ') : ''
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
      {third && (
        <p class="device">
          {third}
          {device?.disabled && <b> · {words.detail.disabled}</b>}
        </p>
      )}
      {status === Status.Alarm && <Alarms about={about} />}
      <p class="since">
        <Since about={about} />
        <LastFix slot={slot} about={about} />
      </p>
      <button
        type="button"
        class={follow.value ? 'primary' : ''}
        aria-pressed={follow.value}
        disabled={!fleet.located(slot)}
        onClick={() => {
          follow.value = !follow.value
        }}
      >
        <Icon name="locate" size={16} />
        {follow.value ? words.detail.following : words.detail.follow}
        <kbd>F</kbd>
      </button>
    </header>
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

function LastFix({ slot, about }: { slot: number; about: VehicleDetail | null }) {
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
