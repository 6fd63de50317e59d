import type { SIM, SIMState } from '../../api/sims'
import { words } from '../../words'

const text = words.sims

const shapes: Record<SIMState, string> = {
  active: 'M-6 0a6 6 0 1 0 12 0a6 6 0 1 0 -12 0',
  stock: 'M-6 -6H6V6H-6Z',
  suspended: 'M-5 -6H-1.6V6H-5ZM1.6 -6H5V6H1.6Z',
  ended: 'M-6 -6 6 6M6 -6 -6 6',
}

// SimSign says how a SIM is: its alarm if it has one, else its state.
export function SimSign({ sim }: { sim: SIM }) {
  const alarm = sim.alarms?.[0]
  if (alarm) {
    const more = sim.alarms!.length - 1
    return (
      <span class="sim-sign" data-tone={alarm.startsWith('budget') ? 'late' : 'bad'}>
        <svg width="15" height="15" viewBox="-10 -10 20 20" aria-hidden="true">
          <path d="M0 -8.4 8.4 0 0 8.4 -8.4 0Z" fill="currentColor" />
        </svg>
        {text.alarms[alarm] ?? alarm}
        {more > 0 && ` +${more}`}
      </span>
    )
  }
  const hollow = sim.state === 'stock' || sim.state === 'ended'
  return (
    <span
      class="sim-sign"
      data-tone={sim.state === 'active' ? 'good' : sim.state === 'suspended' ? 'late' : 'soft'}
    >
      <svg width="15" height="15" viewBox="-10 -10 20 20" aria-hidden="true">
        <path
          d={shapes[sim.state]}
          fill={hollow ? 'none' : 'currentColor'}
          stroke={hollow ? 'currentColor' : 'none'}
          stroke-width="2.2"
          stroke-linecap="round"
        />
      </svg>
      {text.states[sim.state]}
    </span>
  )
}
