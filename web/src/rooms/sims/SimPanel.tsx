import { useSignal } from '@preact/signals'
import { readUsage, type SIM, type SIMAlarm } from '../../api/sims'
import { moment, number } from '../../format'
import { setQuery } from '../../route'
import { fleet, user } from '../../state'
import { Icon } from '../../ui/Icon'
import { Button } from '../../ui/kit/Button'
import { useLoad } from '../../ui/kit/load'
import { Problem } from '../../ui/kit/Problem'
import { words } from '../../words'
import { bytesOf, daily, dataOf, forecast, smsOf } from './budget'
import { DayBars } from './DayBars'
import { Meter } from './Meter'
import { SimSign } from './SimSign'
import type { SimStore } from './store'

const text = words.sims
const days = 30

interface Props {
  sim: SIM
  store: SimStore
  edit(): void
}

// SimPanel is one SIM closely: its alarms and what can be done about them, its use, where it was seen.
export function SimPanel({ sim, store, edit }: Props) {
  const close = () => setQuery({ sim: null })
  const mayWrite = user.value?.role !== 'viewer'
  return (
    <aside class="sim-panel" aria-label={text.one(sim.iccid)}>
      <header>
        <div>
          <h2>{sim.iccid}</h2>
          <SimSign sim={sim} />
        </div>
        <button type="button" class="quiet square" aria-label={words.close} onClick={close}>
          <Icon name="x" />
        </button>
      </header>
      {sim.alarms.map((alarm) => (
        <Alarm key={alarm} sim={sim} alarm={alarm} store={store} mayWrite={mayWrite} />
      ))}
      <Facts sim={sim} />
      <Use sim={sim} />
      <Seen sim={sim} />
      {mayWrite && (
        <div class="actions">
          <Button icon="pencil" onClick={edit}>
            {text.change}
          </Button>
          <Button kind="danger" icon="trash" onClick={async () => (await store.remove(sim)) && close()}>
            {words.manage.remove}
          </Button>
        </div>
      )}
    </aside>
  )
}

// A way out of an alarm: a SIM that may be accepted in a device.
interface Settlement {
  sim: { id: number | null; iccid: string; imsi: string }
  device: number
  where: string // the device's vehicle
  what: string // for people
  action: string
}

// settlementOf is what can be accepted: what the tracker has instead of its SIM, or the SIM where it was seen last.
function settlementOf(sim: SIM, alarm: SIMAlarm): Settlement | null {
  const { instead, device_id: device } = sim
  if (alarm === 'swap' && instead?.iccid && device !== null) {
    const where = sim.vehicle ?? `#${device}`
    const other = { id: instead.sim_id, iccid: instead.iccid, imsi: instead.imsi }
    const what = text.reports(where, instead.iccid)
    return { sim: other, device, where, what, action: text.acceptOther(where) }
  }
  const seen = foreign(sim)[0]
  if (alarm !== 'elsewhere' || !seen) return null
  const where = seen.vehicle || `#${seen.device_id}`
  const what = text.seenThere(where, sim.vehicle ?? text.nowhere)
  return { sim, device: seen.device_id, where, what, action: text.accept(where) }
}

// foreign are the devices in which a SIM was seen and where it should not be, the latest first.
const foreign = (sim: SIM) =>
  sim.seen_in
    .filter((seen) => seen.device_id !== sim.device_id)
    .sort((a, b) => new Date(b.last).getTime() - new Date(a.last).getTime())

interface AlarmProps {
  sim: SIM
  alarm: SIMAlarm
  store: SimStore
  mayWrite: boolean
}

function Alarm({ sim, alarm, store, mayWrite }: AlarmProps) {
  const kept = useSignal(false)
  const way = settlementOf(sim, alarm)
  return (
    <section
      class="sim-alarm"
      data-late={alarm.startsWith('budget')}
      aria-label={text.alarms[alarm] ?? alarm}
    >
      <p>
        <Icon name="warning" size={17} />
        <b>{text.alarms[alarm] ?? alarm}</b>
      </p>
      <p>{way?.what ?? text.alarmHelp[alarm]}</p>
      {way && mayWrite && !kept.value && (
        <div class="actions">
          <Button kind="primary" onClick={() => store.accept(way.sim, way.device, way.where)}>
            {way.action}
          </Button>
          <Button
            onClick={() => {
              kept.value = true
            }}
          >
            {text.keep}
          </Button>
        </div>
      )}
      {kept.value && <small role="status">{text.kept}</small>}
    </section>
  )
}

function Facts({ sim }: { sim: SIM }) {
  const facts: [string, string][] = [
    [text.vehicle, sim.vehicle ?? (sim.modem ? text.inModem(sim.modem) : text.nowhere)],
    [text.msisdn, sim.msisdn],
    [text.imsi, sim.imsi],
    [text.operator, sim.operator],
    [text.apn, sim.apn],
    [text.plan, sim.plan],
    [text.pin, sim.has_pin ? text.pinThere : ''],
    [text.note, sim.note],
  ]
  return (
    <dl class="sim-facts">
      {facts
        .filter(([, value]) => value)
        .map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}

function Use({ sim }: { sim: SIM }) {
  const now = fleet.serverNow()
  const { data, problem, reload } = useLoad(
    (signal) => {
      const from = Math.floor(now / 86_400_000 - (days - 1)) * 86_400_000
      return readUsage(sim.id, new Date(from).toISOString(), new Date(now).toISOString(), signal)
    },
    [sim.id],
  )
  const used = data.value && daily(data.value, now, days)
  const carried = bytesOf(sim.month)
  const ahead = forecast(carried, now)
  return (
    <section class="sim-use" aria-label={text.use}>
      <h3>{text.dataMonth}</h3>
      <Meter used={carried} budget={sim.budget_bytes} write={dataOf} />
      {sim.budget_bytes && !Number.isNaN(ahead) && (
        <p data-over={ahead > sim.budget_bytes}>{text.ahead(dataOf(ahead), dataOf(sim.budget_bytes))}</p>
      )}
      {used && (
        <DayBars label={text.dataDays} days={used} value={bytesOf} budget={sim.budget_bytes} write={dataOf} />
      )}
      <h3>{text.smsMonth}</h3>
      <Meter used={smsOf(sim.month)} budget={sim.budget_messages} write={number} />
      {used && (
        <DayBars label={text.smsDays} days={used} value={smsOf} budget={sim.budget_messages} write={number} />
      )}
      <Problem message={problem.value} retry={reload} />
    </section>
  )
}

function Seen({ sim }: { sim: SIM }) {
  const seen = sim.seen_in ?? []
  if (seen.length === 0) return null
  return (
    <section class="sim-seen">
      <h3>{text.seenIn}</h3>
      <ul>
        {seen.map((one) => (
          <li key={one.device_id} data-foreign={one.device_id !== sim.device_id}>
            <b>{one.vehicle || `#${one.device_id}`}</b>
            <span>
              {text.span(moment(new Date(one.first).getTime()), moment(new Date(one.last).getTime()))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
