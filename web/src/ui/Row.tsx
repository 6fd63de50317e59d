import { Status, statusKeys } from '../fleet/status'
import { age, speedIn } from '../format'
import { type Fact, inRows } from '../listing'
import { headingKnown } from '../live/frame'
import { places } from '../places'
import { cursor, cursorHead, fleet, selected } from '../state'
import { words } from '../words'
import { Glyph } from './Glyph'

interface Props {
  slot: number
  place: number
  of: number
  top: number
  level: number // depth in the tree of groups, 0 if there is none
}

// Row is one vehicle in the list.
export function Row({ slot, place, of, top, level }: Props) {
  fleet.version.value
  const id = fleet.ids[slot]!
  const status = fleet.status[slot] as Status
  const shows = inRows.value
  const aria = {
    role: level > 0 ? 'treeitem' : 'option',
    'aria-selected': selected.value === id,
    'aria-level': level > 0 ? level + 1 : undefined,
    'aria-setsize': level > 0 ? undefined : of,
    'aria-posinset': level > 0 ? undefined : place + 1,
  } as const
  return (
    <div
      id={`vehicle-${id}`}
      class="row"
      {...aria}
      tabIndex={-1}
      data-id={id}
      data-stale={fleet.stale[slot] === 1}
      data-cursor={cursorHead.value === null && cursor.value === id}
      style={{ transform: `translateY(${top}px)` }}
    >
      <VehicleGlyph slot={slot} />
      <span class="name">
        <b>{fleet.names[slot]}</b>
        {shows.has('plate') && <span class="plate">{fleet.plates[slot]}</span>}
      </span>
      <Speed slot={slot} status={status} />
      <span class="where">{lines(slot, shows)}</span>
      {shows.has('age') && <span class="age">{age(fleet.age(slot))}</span>}
    </div>
  )
}

// lines is the second line of a row: what people chose to see there, or else why there is nothing.
function lines(slot: number, shows: ReadonlySet<Fact>): string {
  const parts = [
    shows.has('place') && places.of(fleet, slot),
    shows.has('group') && fleet.groups[slot],
    shows.has('driver') && fleet.drivers[slot],
    shows.has('phone') && fleet.phones[slot],
    shows.has('identity') && fleet.identities[slot],
    fleet.approximate(slot) && words.list.approximate,
  ]
  const said = parts.filter(Boolean).join(' · ')
  return said || fleet.groups[slot] || words.status[statusKeys[fleet.status[slot] as Status]]
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

// Speed is what matters most of a vehicle: how fast it is, or what keeps it from moving.
function Speed({ slot, status }: { slot: number; status: Status }) {
  fleet.version.value
  const kmh = fleet.speedOf(slot)
  const drives = status === Status.Moving || (status === Status.Alarm && kmh > 3)
  if (drives && !Number.isNaN(kmh)) {
    const { text, unit } = speedIn(kmh)
    return (
      <span class="fact">
        <b>{text}</b> {unit}
      </span>
    )
  }
  return <span class="fact">{words.status[statusKeys[status]]}</span>
}
