import type { Phase } from '../../api/modems'

export type PhaseTone = 'good' | 'accent' | 'late' | 'bad' | 'soft'

const tones: Record<Phase, PhaseTone> = {
  ...{ ready: 'good', degraded: 'late', blocked: 'late', barred: 'late', paused: 'soft', absent: 'soft' },
  ...{ opening: 'accent', probing: 'accent', pin: 'accent', registering: 'accent' },
  ...{ hung: 'bad', sim_error: 'bad', puk: 'bad' },
}

export const phaseTone = (phase: Phase): PhaseTone => tones[phase] ?? 'soft'

// PhaseSign is a modem's state as a shape: a disc is ready, a half one less so, a dashed ring is on its way, a barred
// square is held back, two bars are paused, a diamond needs somebody, an empty ring is not there.
export function PhaseSign({ phase, size = 16 }: { phase: Phase; size?: number }) {
  return (
    <svg
      class="phase-sign"
      width={size}
      height={size}
      viewBox="-10 -10 20 20"
      aria-hidden="true"
      data-tone={phaseTone(phase)}
    >
      {shape(phase)}
    </svg>
  )
}

function shape(phase: Phase) {
  const line = { fill: 'none', stroke: 'currentColor', 'stroke-width': 2.4 } as const
  switch (phase) {
    case 'ready':
      return <circle r="7" fill="currentColor" />
    case 'degraded':
      return (
        <>
          <circle r="6.6" {...line} />
          <path d="M0 -6.6a6.6 6.6 0 0 1 0 13.2Z" fill="currentColor" />
        </>
      )
    case 'blocked':
    case 'barred':
      return (
        <>
          <rect x="-7" y="-7" width="14" height="14" rx="2" {...line} />
          <path d="M-4 4 4 -4" {...line} stroke-linecap="round" />
        </>
      )
    case 'paused':
      return <path d="M-5 -6h3.6v12H-5ZM1.4 -6H5v12H1.4Z" fill="currentColor" />
    case 'hung':
    case 'sim_error':
    case 'puk':
      return <path d="M0 -8.4 8.4 0 0 8.4 -8.4 0Z" fill="currentColor" />
    case 'absent':
      return <circle r="6.6" {...line} />
    default:
      return <circle r="6.6" {...line} stroke-dasharray="3.4 2.4" />
  }
}
