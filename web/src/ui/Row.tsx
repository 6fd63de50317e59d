import { Status, statusKeys } from '../fleet/status'
import { age, number } from '../format'
import { headingKnown } from '../live/frame'
import { cursor, fleet, selected } from '../state'
import { words } from '../words'
import { Glyph } from './Glyph'

interface Props {
  slot: number
  place: number
  of: number
  top: number
}

export function Row({ slot, place, of, top }: Props) {
  fleet.version.value
  const id = fleet.ids[slot]!
  const status = fleet.status[slot] as Status
  const approximate = fleet.approximate(slot)
  const where = [fleet.groups[slot], approximate ? words.list.approximate : ''].filter(Boolean).join(' · ')
  return (
    <div
      id={`vehicle-${id}`}
      class="row"
      role="option"
      tabIndex={-1}
      data-id={id}
      data-stale={fleet.stale[slot] === 1}
      data-cursor={cursor.value === id}
      aria-selected={selected.value === id}
      aria-setsize={of}
      aria-posinset={place + 1}
      style={{ transform: `translateY(${top}px)` }}
    >
      <VehicleGlyph slot={slot} />
      <span class="name">
        <b>{fleet.names[slot]}</b>
        <span class="plate">{fleet.plates[slot]}</span>
      </span>
      <Fact slot={slot} status={status} />
      <span class="where">{where || words.status[statusKeys[status]]}</span>
      <span class="age">{age(fleet.age(slot))}</span>
    </div>
  )
}

// VehicleGlyph is the sign of a vehicle as it is now.
export function VehicleGlyph({ slot, size = 20 }: { slot: number; size?: number }) {
  fleet.version.value
  let status = fleet.status[slot] as Status
  const known = (fleet.state[slot]! & headingKnown) !== 0
  if (status === Status.Moving && !known) status = Status.Idle
  const heading = (fleet.heading[slot]! * 360) / 256
  return <Glyph status={status} heading={heading} size={size} approximate={fleet.approximate(slot)} />
}

// Fact is what matters most of a vehicle: its speed, or what keeps it from having one.
function Fact({ slot, status }: { slot: number; status: Status }) {
  fleet.version.value
  const speed = fleet.speedOf(slot)
  const drives = status === Status.Moving || (status === Status.Alarm && speed > 3)
  if (drives && !Number.isNaN(speed)) {
    return (
      <span class="fact">
        <b>{number(speed)}</b> km/h
      </span>
    )
  }
  return <span class="fact">{words.status[statusKeys[status]]}</span>
}
