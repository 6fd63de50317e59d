import type { EntryState } from '../../api/console'

type Tone = 'soft' | 'accent' | 'good' | 'late' | 'bad'

// Each state has a shape of its own, so that no colour has to be told from another.
const signs: Record<EntryState, [tone: Tone, path: string]> = {
  queued: ['soft', 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11ZM8 5v3.2l2 1.3'],
  waking: [
    'accent',
    'M4.2 10.8a5 5 0 0 1 0-5.6M11.8 5.2a5 5 0 0 1 0 5.6M2 13a8 8 0 0 1 0-10M14 3a8 8 0 0 1 0 10M8 8h.01',
  ],
  sending: ['accent', 'M2.5 8h9M8 4.5 11.5 8 8 11.5'],
  sent: ['accent', 'm3.5 8.5 3 3 6-7'],
  delivered: ['accent', 'm1.5 8.5 3 3 6-7M8 11.5l6.2-7'],
  answered: ['good', 'M3 3.5h10v7H8l-3 2.6v-2.6H3ZM5.6 7l1.7 1.6 3-3.2'],
  refused: ['bad', 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11ZM4.2 11.8l7.6-7.6'],
  failed: ['bad', 'm4 4 8 8M12 4l-8 8'],
  expired: ['late', 'M4.5 2.5h7M4.5 13.5h7M5.5 2.5c0 3 5 4.5 5 11M10.5 2.5c0 3-5 4.5-5 11'],
  unknown: ['late', 'M5.5 6a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.9-1.1 1.8M8 12.8h.01'],
  cancelled: ['soft', 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11ZM5.5 8h5'],
  received: ['good', 'M12 4 4 12M4 6v6h6'],
  quarantined: ['late', 'M8 2 13 4v4c0 3-2 5-5 6-3-1-5-3-5-6V4ZM8 5.5v3M8 11h.01'],
  unreadable: ['bad', 'M4 2.5h6l2.5 2.5v8.5H4ZM6.5 7l3.5 3.5M10 7l-3.5 3.5'],
}

export const toneOf = (state: EntryState): Tone => signs[state]?.[0] ?? 'soft'

export function StateSign({ state, size = 15 }: { state: EntryState; size?: number }) {
  return (
    <svg
      class="state-sign"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      aria-hidden="true"
      data-tone={toneOf(state)}
    >
      <path
        d={signs[state]?.[1] ?? signs.unknown[1]}
        fill="none"
        stroke="currentColor"
        stroke-width="1.7"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  )
}
