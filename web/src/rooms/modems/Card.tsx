import type { Modem } from '../../api/modems'
import { age, number } from '../../format'
import { fleet } from '../../state'
import { locale, words } from '../../words'
import { Limits } from './Limits'
import { PhaseSign, phaseTone } from './PhaseSign'
import { SignalBars } from './SignalBars'
import { Sparkline } from './Sparkline'

const text = words.modems

// Card is a modem and its SIM at a glance.
export function Card({ modem }: { modem: Modem }) {
  const { name, phase, operator, registration, access, msisdn, iccid, queue, balance } = modem
  return (
    <li class="modem" data-tone={phaseTone(phase)}>
      <header>
        <PhaseSign phase={phase} size={20} />
        <h2>
          <a href={`/modems/${encodeURIComponent(name)}`}>{name}</a>
        </h2>
        <PhaseWords modem={modem} />
      </header>
      {modem.reason && phase !== 'ready' && <p class="reason">{modem.reason}</p>}
      <div class="network">
        <div>
          <b>{operator || text.noOperator}</b>
          <span>
            {[text.registrations[registration] ?? '', access.toUpperCase()].filter(Boolean).join(' · ')}
          </span>
        </div>
        <SignalBars dbm={modem.signal_dbm} />
      </div>
      <Sparkline name={name} />
      <dl class="modem-facts">
        <div>
          <dt>{text.number}</dt>
          <dd>{msisdn || words.detail.unknown}</dd>
        </div>
        <div>
          <dt>{text.iccid}</dt>
          <dd title={iccid}>{iccid ? `…${iccid.slice(-6)}` : text.noSim}</dd>
        </div>
        <div>
          <dt>{text.queue}</dt>
          <dd>{number(queue)}</dd>
        </div>
        <div>
          <dt>{text.storage}</dt>
          <dd data-full={modem.storage_size > 0 && modem.storage_used >= modem.storage_size}>
            {modem.storage_size > 0
              ? text.of(number(modem.storage_used), number(modem.storage_size))
              : words.detail.unknown}
          </dd>
        </div>
        <div>
          <dt>{text.balance}</dt>
          <dd data-full={modem.balance_low} title={modem.balance_low ? text.low : undefined}>
            {balance === null ? words.detail.unknown : money(balance, modem.currency)}
          </dd>
        </div>
        <div>
          <dt>{text.temperature}</dt>
          <dd>{modem.temperature === null ? words.detail.unknown : `${number(modem.temperature)} °C`}</dd>
        </div>
      </dl>
      <Limits modem={modem} />
    </li>
  )
}

export function PhaseWords({ modem: { phase, since } }: { modem: Modem }) {
  const lasted = since && (fleet.serverNow() - new Date(since).getTime()) / 1000
  return (
    <p class="phase" data-tone={phaseTone(phase)}>
      {text.phases[phase] ?? phase} {lasted && <small>{age(Math.max(0, lasted))}</small>}
    </p>
  )
}

export function money(amount: number, currency: string): string {
  if (!/^[A-Z]{3}$/.test(currency)) return `${number(amount, 2)} ${currency}`.trim()
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(amount)
}
