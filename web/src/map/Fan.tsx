import { fleet, hovered, select } from '../state'
import { VehicleGlyph } from '../ui/Row'
import { words } from '../words'
import { type Overlap, overlap } from './chosen'

const pitch = 28 // CSS pixels between two names
const room = 190 // that a column needs
const away = 62 // from the middle to the nearest name

interface Leg {
  id: number
  x: number // of the glyph, from the middle
  y: number
  left: boolean // the name is on the left of it
}

// Fan spreads vehicles that lie on each other, so that each can be seen and chosen.
export function Fan() {
  fleet.version.value
  const here = overlap.value
  if (!here) return null
  const close = () => {
    overlap.value = null
    hovered.value = null
  }
  const legs = spread(here)
  const most = Math.max(...legs.map((leg) => Math.abs(leg.y)), 0)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div
      class="fan"
      role="group"
      aria-label={words.map.here(here.count)}
      style={{ left: `${here.x}px`, top: `${here.y}px` }}
    >
      <svg aria-hidden="true">
        <circle class="veil" r={away + 14} />
        {legs.map(({ id, x, y }) => (
          <path key={id} d={`M0 0L${x} ${y}`} />
        ))}
        <circle class="hub" r="3.5" />
      </svg>
      {legs.map(({ id, x, y, left }) => {
        const slot = fleet.slot(id)
        return slot < 0 ? null : (
          <button
            key={id}
            type="button"
            data-left={left}
            style={{ transform: `translate(${x}px, ${y}px)` }}
            onPointerEnter={() => {
              hovered.value = id
            }}
            onClick={() => {
              close()
              select(id)
            }}
          >
            <VehicleGlyph slot={slot} size={18} />
            <span>{fleet.names[slot]}</span>
          </button>
        )
      })}
      {here.count > here.ids.length && (
        <p style={{ transform: `translate(-50%, ${most + 22}px)` }}>
          {words.map.more(here.count - here.ids.length)}
        </p>
      )}
    </div>
  )
}

// spread lays the names in two columns that bend round the middle; in one where there is room on one side only.
export function spread({ ids, right, left }: Pick<Overlap, 'ids' | 'left' | 'right'>): Leg[] {
  const onLeft = right < room && left > right ? ids.length : left < room ? 0 : Math.floor(ids.length / 2)
  const legs: Leg[] = []
  const column = (some: number[], isLeft: boolean) => {
    const tallest = ((some.length - 1) / 2) * pitch
    some.forEach((id, n) => {
      const y = n * pitch - tallest
      const bend = some.length > 1 ? Math.cos((y / (tallest + pitch)) * (Math.PI / 2)) : 1
      legs.push({ id, x: (isLeft ? -1 : 1) * away * (0.45 + 0.55 * bend), y, left: isLeft })
    })
  }
  column(ids.slice(0, ids.length - onLeft), false)
  column(ids.slice(ids.length - onLeft), true)
  return legs
}
