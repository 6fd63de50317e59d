import { number } from '../../format'
import { words } from '../../words'
import { bars } from './signal'

// SignalBars is the signal as people know it from their telephones, and its figure.
export function SignalBars({ dbm }: { dbm: number | null }) {
  const on = bars(dbm)
  return (
    <p class="signal" data-weak={on <= 1}>
      <svg width="30" height="18" viewBox="0 0 30 18" aria-hidden="true">
        {[0, 1, 2, 3, 4].map((n) => (
          <rect key={n} x={n * 6} y={14 - n * 3.5} width="4" height={4 + n * 3.5} rx="1" data-on={n < on} />
        ))}
      </svg>
      <span>{dbm === null ? words.modems.noSignal : `${number(dbm)} dBm`}</span>
    </p>
  )
}
