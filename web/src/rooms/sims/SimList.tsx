import { useSignal } from '@preact/signals'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import { type SIM, type SIMState, simStates } from '../../api/sims'
import { number } from '../../format'
import { onNotice } from '../../notices'
import { query, setQuery } from '../../route'
import { user } from '../../state'
import { Button } from '../../ui/kit/Button'
import { Empty } from '../../ui/kit/Empty'
import { Problem } from '../../ui/kit/Problem'
import { Progress } from '../../ui/kit/Progress'
import { type Column, Table } from '../../ui/kit/Table'
import { words } from '../../words'
import { bytesOf, dataOf, smsOf, urgency } from './budget'
import { Meter } from './Meter'
import { SimForm } from './SimForm'
import { SimPanel } from './SimPanel'
import { SimSign } from './SimSign'
import { SimStore } from './store'

const text = words.sims
const typingPause = 250 // ms after the last key before the server is asked

// SimList is the table of SIMs, those with alarms first, and beside it the one that is open.
export function SimList() {
  const store = useMemo(() => new SimStore(), [])
  const editing = useSignal<SIM | 'new' | null>(null)
  const timer = useRef(0)
  const search = query.value.get('search') ?? ''
  const state = simStates.find((s) => s === query.value.get('state'))
  const open = Number(query.value.get('sim')) || null
  useEffect(() => {
    store.read(search)
  }, [store, search])
  useEffect(() => onNotice(['sim'], () => store.read()), [store])
  useEffect(() => () => store.end(), [store])
  const items = store.items.value?.filter((sim) => !state || sim.state === state) ?? null
  const current = items?.find((sim) => sim.id === open)
  const mayWrite = user.value?.role !== 'viewer'
  return (
    <section class="sims" data-open={current !== undefined} aria-label={text.tabs.list}>
      <div class="tools">
        <input
          type="search"
          aria-label={text.search}
          placeholder={text.search}
          defaultValue={search}
          onInput={(event) => {
            const { value } = event.currentTarget
            clearTimeout(timer.current)
            timer.current = window.setTimeout(() => setQuery({ search: value }), typingPause)
          }}
        />
        <select
          aria-label={text.state}
          value={state ?? ''}
          onChange={(event) => setQuery({ state: event.currentTarget.value })}
        >
          <option value="">{text.anyState}</option>
          {simStates.map((s: SIMState) => (
            <option key={s} value={s}>
              {text.states[s]}
            </option>
          ))}
        </select>
        <span class="soft">
          {items && text.count(items.length, number(items.length) + (store.next.value ? '+' : ''))}
        </span>
        <a class="button" href="/api/sims/export" download="sims.csv">
          {text.export}
        </a>
        {mayWrite && (
          <Button kind="primary" icon="plus" onClick={() => (editing.value = 'new')}>
            {text.add}
          </Button>
        )}
      </div>
      <Problem message={store.problem.value} retry={() => store.read()} />
      <div class="sims-both">
        <Items store={store} items={items} searched={search !== '' || state !== undefined} current={open} />
        {current && (
          <SimPanel key={current.id} sim={current} store={store} edit={() => (editing.value = current)} />
        )}
      </div>
      {editing.value && (
        <SimForm
          sim={editing.value === 'new' ? null : editing.value}
          store={store}
          close={() => {
            editing.value = null
          }}
        />
      )}
    </section>
  )
}

interface ItemsProps {
  store: SimStore
  items: SIM[] | null
  searched: boolean
  current: number | null
}

function Items({ store, items, searched, current }: ItemsProps) {
  const columns = useMemo(simColumns, [])
  if (items === null) return store.problem.value ? null : <Progress label={words.loading} />
  if (items.length === 0) {
    return searched ? (
      <Empty icon="search" title={words.manage.nothing} />
    ) : (
      <Empty icon="cpu" title={text.empty} lead={text.emptyLead} />
    )
  }
  return (
    <Table
      label={text.tabs.list}
      columns={columns}
      items={items}
      id={(sim) => sim.id}
      current={current}
      order={{ key: 'state', down: false }}
      open={(sim) => setQuery({ sim: String(sim.id) })}
      end={() => store.more()}
    />
  )
}

const vehicleOf = (sim: SIM): string => sim.vehicle ?? (sim.modem ? text.inModem(sim.modem) : '')
const rank = (sim: SIM): number => -1000 * urgency(sim) + simStates.indexOf(sim.state)

const simColumns = (): Column<SIM>[] => [
  { key: 'state', title: text.state, width: '158px', sort: rank, cell: (sim) => <SimSign sim={sim} /> },
  {
    key: 'iccid',
    title: text.iccid,
    width: '202px',
    sort: (sim) => sim.iccid,
    cell: (sim) => <b>{sim.iccid}</b>,
  },
  {
    key: 'msisdn',
    title: text.msisdn,
    width: '152px',
    sort: (sim) => sim.msisdn,
    cell: (sim) => sim.msisdn,
    minor: true,
  },
  { key: 'vehicle', title: text.vehicle, sort: vehicleOf, cell: vehicleOf, minor: true },
  {
    key: 'operator',
    title: text.operator,
    sort: (sim) => sim.operator,
    cell: (sim) => [sim.operator, sim.plan].filter(Boolean).join(' · '),
    minor: true,
  },
  {
    key: 'bytes',
    title: text.dataMonth,
    width: '150px',
    sort: (sim) => bytesOf(sim.month),
    cell: (sim) => <Meter used={bytesOf(sim.month)} budget={sim.budget_bytes} write={dataOf} />,
    minor: true,
  },
  {
    key: 'sms',
    title: text.smsMonth,
    width: '128px',
    sort: (sim) => smsOf(sim.month),
    cell: (sim) => <Meter used={smsOf(sim.month)} budget={sim.budget_messages} write={number} />,
    minor: true,
  },
]
