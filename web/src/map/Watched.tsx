import { Status, statusKeys } from '../fleet/status'
import { speed } from '../format'
import { fleet, select, selected } from '../state'
import { Icon } from '../ui/Icon'
import { VehicleGlyph } from '../ui/Row'
import { toggleWatched, watched } from '../watched'
import { words } from '../words'
import { mapPalette } from './chosen'

// Watched lists the watched vehicles, each with the colour of its ring and trail.
export function Watched() {
  fleet.version.value
  const all = watched.value.flatMap((id, colour) => {
    const slot = id === null ? -1 : fleet.slot(id)
    return id === null || slot < 0 ? [] : [{ id, slot, colour }]
  })
  if (all.length === 0) return null
  return (
    <ul class="watched" aria-label={words.map.watched}>
      {all.map(({ id, slot, colour }) => (
        <li
          key={id}
          data-selected={selected.value === id}
          style={{ '--trail': mapPalette.value.watched[colour] }}
        >
          <button type="button" class="quiet" onClick={() => select(id)}>
            <VehicleGlyph slot={slot} size={17} />
            <b>{fleet.names[slot]}</b>
            <span>{fact(slot)}</span>
          </button>
          <button
            type="button"
            class="quiet square"
            aria-label={words.map.unwatch(fleet.names[slot]!)}
            onClick={() => toggleWatched(id)}
          >
            <Icon name="x" size={14} />
          </button>
        </li>
      ))}
    </ul>
  )
}

function fact(slot: number): string {
  const status = fleet.status[slot] as Status
  const kmh = fleet.speedOf(slot)
  return status === Status.Moving && !Number.isNaN(kmh) ? speed(kmh) : words.status[statusKeys[status]]
}
