import { kindKeys, kinds } from '../fleet/status'
import { number } from '../format'
import { fleet, states, toggleState } from '../state'
import { words } from '../words'
import { KindGlyph } from './Glyph'

// Counters says how many vehicles are in each state; each is a filter. Each vehicle counts once.
export function Counters() {
  fleet.version.value
  const chosen = states.value
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div class="counters" role="group" aria-label={words.list.filters}>
      {kinds.map((kind) => {
        const key = kindKeys[kind]
        return (
          <button
            key={key}
            type="button"
            aria-pressed={(chosen & (1 << kind)) !== 0}
            title={`${words.list.kinds[key]}: ${words.list.kindHelp[key]}`}
            data-state={key}
            onClick={() => toggleState(kind)}
          >
            <KindGlyph kind={kind} size={17} />
            <b>{number(fleet.counts[kind]!)}</b>
            <span>{words.list.kinds[key]}</span>
          </button>
        )
      })}
    </div>
  )
}
