import { type Modem, readModems } from '../../api/modems'
import { number } from '../../format'
import { useNotices } from '../../notices'
import { user } from '../../state'
import { useLoad } from '../../ui/kit/load'
import { words } from '../../words'
import { PhaseSign } from '../modems/PhaseSign'

const text = words.modems

// ModemLine says in a line how SMS go out now, to those who may know.
export default function ModemLine() {
  const round = useNotices('modem')
  const mayNot = user.value?.operator === false || user.value?.role === 'viewer'
  const { data } = useLoad(async (signal) => (mayNot ? [] : readModems(signal).catch(() => [])), [round])
  const best = data.value && bestOf(data.value)
  if (!best) return null
  const facts = [
    best.signal_percent !== null && text.signalOf(number(best.signal_percent)),
    best.queue > 0 && text.queueOf(number(best.queue)),
    best.limits.month
      ? text.monthOf(number(best.counters.month), number(best.limits.month))
      : text.month(number(best.counters.month)),
  ]
  return (
    <a class="modem-line" href="/modems" data-phase={best.phase}>
      <PhaseSign phase={best.phase} size={13} />
      <span>
        {[best.name, best.phase === 'ready' ? '' : text.phases[best.phase], ...facts]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </a>
  )
}

// bestOf is a modem that is ready if there is one, the strongest of these.
function bestOf(modems: Modem[]): Modem | undefined {
  const rank = (m: Modem) => (m.phase === 'ready' ? 1000 : 0) + (m.signal_percent ?? 0)
  return modems.toSorted((a, b) => rank(b) - rank(a))[0]
}
