import { number } from '../../format'
import { words } from '../../words'
import { levelOf } from './budget'

interface Props {
  used: number
  budget: number | null
  write(value: number): string
}

// Meter is what was used, and how much of the budget that is.
export function Meter({ used, budget, write }: Props) {
  const level = levelOf(used, budget)
  return (
    <span
      class="meter"
      data-level={level}
      title={budget ? words.sims.of(write(used), write(budget)) : undefined}
    >
      {write(used)}
      {budget !== null && budget > 0 && (
        <>
          <small>{number((used / budget) * 100)} %</small>
          <i aria-hidden="true">
            <i style={{ width: `${Math.min(100, (used / budget) * 100)}%` }} />
          </i>
        </>
      )}
    </span>
  )
}
