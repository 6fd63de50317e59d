import { type Modem, pauseModem, resetModem } from '../../api/modems'
import { moment, number } from '../../format'
import { isAdmin } from '../../state'
import { Button } from '../../ui/kit/Button'
import { confirm } from '../../ui/kit/confirm'
import { Page } from '../../ui/kit/Page'
import { toast } from '../../ui/kit/toast'
import { words } from '../../words'
import { money, PhaseWords } from './Card'
import { Limits } from './Limits'
import { ModemHistory } from './ModemHistory'
import { PhaseSign } from './PhaseSign'
import { SignalBars } from './SignalBars'
import { Ussd } from './Ussd'

const text = words.modems

// ModemPage is one modem closely: how it is, how it has been, and what can be done with it.
export function ModemPage({ modem, reload }: { modem: Modem; reload(): void }) {
  const { name, phase, reason } = modem
  return (
    <Page
      title={name}
      lead={modem.url}
      actions={isAdmin.value ? <Actions modem={modem} reload={reload} /> : undefined}
      tabs={
        <nav class="tabs" aria-label={text.title}>
          <a href="/modems">{text.all}</a>
          <a href={`/modems/${encodeURIComponent(name)}`} aria-current="page">
            {name}
          </a>
        </nav>
      }
    >
      <div class="modem-page">
        <section class="modem-now" aria-label={text.now}>
          <header>
            <PhaseSign phase={phase} size={26} />
            <div>
              <PhaseWords modem={modem} />
              {reason && <p>{reason}</p>}
            </div>
            <SignalBars dbm={modem.signal_dbm} />
          </header>
          <Facts modem={modem} />
          <h2>{text.limits}</h2>
          <Limits modem={modem} />
          {isAdmin.value && <Ussd modem={modem} />}
        </section>
        <ModemHistory name={name} />
      </div>
    </Page>
  )
}

function Facts({ modem: m }: { modem: Modem }) {
  const network = [m.operator, m.plmn, text.registrations[m.registration], m.access.toUpperCase()]
  const facts: [string, string][] = [
    [text.network, network.filter(Boolean).join(' · ')],
    [text.number, m.msisdn],
    [text.iccid, m.iccid],
    [text.imsi, m.imsi],
    [text.smsc, m.smsc],
    [text.device, [m.manufacturer, m.model, m.firmware].filter(Boolean).join(' ')],
    [text.imei, m.imei],
    [text.storage, m.storage_size > 0 ? text.of(number(m.storage_used), number(m.storage_size)) : ''],
    [text.queue, number(m.queue)],
    [text.balance, balanceOf(m)],
    [text.temperature, m.temperature === null ? '' : `${number(m.temperature, 1)} °C`],
    [text.pinTries, m.pin_retries === null ? '' : number(m.pin_retries)],
    [text.counts, text.countsOf(number(m.sent), number(m.received), number(m.failed), number(m.unknown))],
    [text.restarts, number(m.restarts)],
    [text.lastError, m.last_error],
  ]
  return (
    <dl class="modem-all">
      {facts
        .filter(([, value]) => value !== '')
        .map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}

function balanceOf(m: Modem): string {
  if (m.balance === null) return m.balance_text
  const at = m.balance_at ? ` · ${moment(new Date(m.balance_at).getTime())}` : ''
  return money(m.balance, m.currency) + at + (m.balance_low ? ` · ${text.low}` : '')
}

function Actions({ modem: { name, paused }, reload }: { modem: Modem; reload(): void }) {
  const act = async (done: string, run: () => Promise<unknown>) => {
    try {
      await run()
      toast(done)
    } catch (error) {
      toast((error as Error).message, { bad: true })
    }
    reload()
  }
  const reset = async () => {
    const question = { title: text.resetSure(name), text: text.resetText, action: text.reset, danger: true }
    if (await confirm(question)) await act(text.resetDone(name), () => resetModem(name))
  }
  return (
    <>
      <Button
        icon={paused ? 'play' : 'pause'}
        onClick={() =>
          act(paused ? text.resumed(name) : text.pausedNow(name), () => pauseModem(name, !paused))
        }
      >
        {paused ? text.resume : text.pause}
      </Button>
      <Button kind="danger" icon="refresh" onClick={reset}>
        {text.reset}
      </Button>
    </>
  )
}
