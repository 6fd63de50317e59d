import '../../css/console.css'
import { useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { Problem as Wrong } from '../../api'
import { readOffer } from '../../api/console'
import { fleet, user } from '../../state'
import { useEvery } from '../../ui/every'
import { useLoad } from '../../ui/kit/load'
import { words } from '../../words'
import { deliver, deliverFast, type Order, type Outcome, type TooFast } from './deliver'
import { isRisky, meant, suggestionsOf } from './grammar'
import { LogView } from './LogView'
import { Log } from './log'
import { Prompt, type Typed } from './Prompt'
import { TooFastDialog, whyOf } from './TooFastDialog'

const text = words.console

interface Props {
  vehicle: number
  device: number | null | undefined // undefined: not known yet
}

// VehicleConsole is the log of a vehicle, and the line in which commands for it are typed.
export function VehicleConsole({ vehicle, device }: Props) {
  const log = useMemo(() => new Log({ vehicle }), [vehicle])
  useEffect(() => () => log.end(), [log])
  const slot = fleet.slot(vehicle)
  const name = slot < 0 ? `#${vehicle}` : fleet.names[slot]!
  return (
    <section class="console" aria-label={text.label(name)}>
      <LogView log={log} names={false} />
      {user.value?.role === 'viewer' ? (
        <p class="may-not">{text.mayNot}</p>
      ) : device === null ? (
        <p class="may-not">{text.noDevice}</p>
      ) : (
        device !== undefined && <Line key={device} log={log} vehicle={vehicle} device={device} name={name} />
      )}
    </section>
  )
}

function Line({ log, vehicle, device, name }: { log: Log; vehicle: number; device: number; name: string }) {
  const round = useEvery(15_000)
  const { data: offer } = useLoad((signal) => readOffer(device, signal), [device, round.value])
  const suggestions = useMemo(() => suggestionsOf(offer.value), [offer.value])
  const busy = useSignal(false)
  const problem = useSignal('')
  const refused = useSignal<{ order: Order; by: TooFast } | null>(null)

  // settle shows what came of an order, and gives whether it went.
  async function settle(order: Order, sending: Promise<Outcome>): Promise<boolean> {
    busy.value = true
    problem.value = ''
    try {
      const outcome = await sending
      if (!outcome) return false
      if ('problem' in outcome) problem.value = outcome.problem
      if ('tooFast' in outcome) refused.value = { order, by: outcome.tooFast }
      if ('sent' in outcome) log.refresh()
      return 'sent' in outcome
    } catch (error) {
      if (!(error instanceof Wrong)) throw error
      problem.value = error.message
      return false
    } finally {
      busy.value = false
    }
  }

  async function submit({ typed, wish, ttl }: Typed): Promise<boolean> {
    const said = meant(typed, suggestions)
    if ('problem' in said) {
      problem.value = said.problem
      return false
    }
    const { body, text: full } = said
    const risky = isRisky(body, full, suggestions)
    const order = { vehicle, device, typed: full, body, risky, wish: { line: wish, ttl_s: ttl } }
    return settle(order, deliver(log, order))
  }

  return (
    <>
      <Prompt
        name={name}
        suggestions={suggestions}
        offer={offer.value}
        group={false}
        busy={busy.value}
        problem={problem.value}
        send={submit}
      />
      {refused.value && (
        <TooFastDialog
          refused={refused.value.by}
          close={() => {
            refused.value = null
          }}
          force={() => {
            const { order, by } = refused.value!
            refused.value = null
            settle(order, deliverFast(log, order, whyOf(by)))
          }}
        />
      )}
    </>
  )
}
