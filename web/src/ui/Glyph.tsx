import { Kind, Status, statusKeys } from '../fleet/status'

interface Props {
  status: Status
  heading?: number // degrees
  size?: number
  approximate?: boolean
}

// Glyph is a vehicle's sign in lists and legends, the same that the map draws.
export function Glyph({ status, heading = 0, size = 20, approximate = false }: Props) {
  return (
    <svg
      class="glyph"
      width={size}
      height={size}
      viewBox="-10 -10 20 20"
      aria-hidden="true"
      style={{ color: `var(--${statusKeys[status]})` }}
    >
      {approximate && status !== Status.Nowhere ? (
        <g fill="none" stroke="currentColor" stroke-width="1.8" stroke-linejoin="round">
          {shape(status, heading)}
        </g>
      ) : (
        <g fill="currentColor">{shape(status, heading)}</g>
      )}
    </svg>
  )
}

function shape(status: Status, heading: number) {
  switch (status) {
    case Status.Moving:
      return <path d="M0 -8.2 6.4 7 0 3.6 -6.4 7Z" transform={`rotate(${heading})`} />
    case Status.Idle:
      return <circle r="5.6" />
    case Status.Stopped:
      return <rect x="-5" y="-5" width="10" height="10" rx="1" />
    case Status.Offline:
      return <circle r="4.9" fill="none" stroke="currentColor" stroke-width="2.2" />
    case Status.Alarm:
      return <path d="M0 -7.6 7.6 0 0 7.6 -7.6 0Z" />
    default:
      return <circle r="5" fill="none" stroke="currentColor" stroke-width="1.8" stroke-dasharray="2.6 2.6" />
  }
}

// KindGlyph is the sign of what vehicles count as. Stale is a faded clock hand: it has no shape on the map.
export function KindGlyph({ kind, size = 20 }: { kind: Kind; size?: number }) {
  if (kind !== Kind.Stale) return <Glyph status={kind} size={size} />
  return (
    <svg class="glyph stale" width={size} height={size} viewBox="-10 -10 20 20" aria-hidden="true">
      <g fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">
        <circle r="6.4" />
        <path d="M0 -3.2V0L2.4 1.8" />
      </g>
    </svg>
  )
}
