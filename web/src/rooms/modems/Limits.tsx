import { type Modem, spans } from '../../api/modems'
import { number } from '../../format'
import { words } from '../../words'

const text = words.modems

// Limits are how many messages went out, beside how many may.
export function Limits({ modem: { counters, limits } }: { modem: Modem }) {
  const limited = spans.filter((span) => limits[span])
  if (limited.length === 0) return <p class="no-limit">{text.sentMonth(number(counters.month))}</p>
  return (
    <dl class="limits" aria-label={text.limits}>
      {limited.map((span) => {
        const [used, most] = [counters[span], limits[span]!]
        const share = used / most
        return (
          <div key={span} data-level={share >= 1 ? 'over' : share >= 0.8 ? 'near' : 'fine'}>
            <dt>{text.spans[span]}</dt>
            <dd>
              <i aria-hidden="true">
                <i style={{ width: `${Math.min(100, share * 100)}%` }} />
              </i>
              {text.of(number(used), number(most))}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}
