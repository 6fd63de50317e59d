import { Status, statusKeys } from '../fleet/status'
import { age, direction, speed } from '../format'
import { headingKnown } from '../live/frame'
import { fleet } from '../state'
import { VehicleGlyph } from '../ui/Row'
import { words } from '../words'
import { hoverPlace, overlap } from './chosen'

// Hover says what matters of the vehicle under the pointer. It stands beside it, never on it.
export function Hover() {
  fleet.version.value
  const at = hoverPlace.value
  const slot = at ? fleet.slot(at.id) : -1
  if (!at || slot < 0 || overlap.value) return null
  const status = fleet.status[slot] as Status
  return (
    <div
      class="hover"
      data-right={at.right}
      data-low={at.low}
      style={{ transform: `translate(${at.x}px, ${at.y}px)` }}
    >
      <div>
        <p class="who">
          <VehicleGlyph slot={slot} size={17} />
          <b>{fleet.names[slot]}</b>
          <span class="plate">{fleet.plates[slot]}</span>
        </p>
        <p>
          <span>{facts(slot, status).join(' · ')}</span>
          <span class={fleet.stale[slot] ? 'late' : ''}>{age(fleet.age(slot))}</span>
        </p>
        {(fleet.groups[slot] || fleet.drivers[slot]) && (
          <p>{[fleet.groups[slot], fleet.drivers[slot]].filter(Boolean).join(' · ')}</p>
        )}
      </div>
    </div>
  )
}

function facts(slot: number, status: Status): string[] {
  const said: string[] = [words.status[statusKeys[status]]]
  const kmh = fleet.speedOf(slot)
  const drives = !Number.isNaN(kmh) && (status === Status.Moving || kmh > 3)
  if (drives) said.push(speed(kmh))
  if (drives && fleet.state[slot]! & headingKnown) said.push(direction((fleet.heading[slot]! * 360) / 256))
  if (fleet.approximate(slot)) said.push(words.list.approximate)
  return said
}
