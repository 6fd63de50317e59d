import { Status, statusKeys } from '../fleet/status'
import { number } from '../format'
import { fleet, states, toggleState } from '../state'
import { words } from '../words'
import { Glyph } from './Glyph'

// Counters says how many vehicles are in each state; each is a filter. "No location" is there only when there are any.
export function Counters() {
  fleet.version.value
  const chosen = states.value
  const all = Object.values(Status).filter(
    (status) => status !== Status.Nowhere || fleet.counts[status]! > 0 || chosen & (1 << status),
  )
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div class="counters" role="group" aria-label={words.list.filters}>
      {all.map((status) => {
        const key = statusKeys[status]
        return (
          <button
            key={key}
            type="button"
            aria-pressed={(chosen & (1 << status)) !== 0}
            title={`${words.status[key]}: ${words.statusHelp[key]}`}
            data-state={key}
            onClick={() => toggleState(status)}
          >
            <Glyph status={status} size={17} />
            <b>{number(fleet.counts[status]!)}</b>
            <span>{words.status[key]}</span>
          </button>
        )
      })}
    </div>
  )
}
