import { useSignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import { call } from '../../api'
import { moment } from '../../format'
import { query, setQuery } from '../../route'
import { Button } from '../../ui/kit/Button'
import { Empty } from '../../ui/kit/Empty'
import { Field } from '../../ui/kit/Field'
import { useLoad } from '../../ui/kit/load'
import { Page } from '../../ui/kit/Page'
import { Problem } from '../../ui/kit/Problem'
import { Progress } from '../../ui/kit/Progress'
import { words } from '../../words'
import { type Entry, sentences } from './entry'
import '../../css/audit.css'

const text = words.audit
const page = 100

interface Answer {
  items: Entry[] | null
  next: string | null
}

// Audit lists who changed what. What is looked for is in the address.
export default function Audit() {
  const asked = query.value
  const search = asked.get('search') ?? ''
  const from = asked.get('from') ?? ''
  const to = asked.get('to') ?? ''
  const older = useSignal<Answer[]>([])
  const busy = useSignal(false)
  const { data, problem, reload } = useLoad(
    async (signal) => {
      const answer = await read(search, from, to, '', signal)
      older.value = []
      return answer
    },
    [search, from, to],
  )
  const all = data.value ? [data.value, ...older.value] : []
  const next = all.at(-1)?.next ?? null
  async function more() {
    busy.value = true
    try {
      older.value = [...older.value, await read(search, from, to, next!)]
    } catch (error) {
      problem.value = (error as Error).message
    }
    busy.value = false
  }
  const entries = all.flatMap((a) => a.items ?? [])
  return (
    <Page title={text.title} lead={text.lead}>
      <Filters search={search} from={from} to={to} />
      <Problem message={problem.value} retry={reload} />
      {!data.value && !problem.value && <Progress label={words.loading} />}
      {data.value && entries.length === 0 && <Empty icon="scroll" title={text.empty} />}
      {entries.length > 0 && <Entries entries={entries} />}
      {next && (
        <Button busy={busy.value} onClick={more}>
          {text.more}
        </Button>
      )}
    </Page>
  )
}

function read(
  search: string,
  from: string,
  to: string,
  after: string,
  signal?: AbortSignal,
): Promise<Answer> {
  const asked = new URLSearchParams({ limit: String(page) })
  if (search) asked.set('search', search)
  if (from) asked.set('from', new Date(`${from}T00:00:00`).toISOString())
  if (to) asked.set('to', new Date(`${to}T23:59:59.999`).toISOString())
  if (after) asked.set('after', after)
  return call<Answer>('GET', `/api/audit?${asked}`, undefined, { signal })
}

function Filters({ search, from, to }: { search: string; from: string; to: string }) {
  return (
    <search class="audit-filters">
      <Field label={text.search}>
        <input
          type="search"
          value={search}
          onChange={(event) => setQuery({ search: event.currentTarget.value })}
        />
      </Field>
      <Field label={text.from}>
        <input type="date" value={from} onChange={(event) => setQuery({ from: event.currentTarget.value })} />
      </Field>
      <Field label={text.to}>
        <input type="date" value={to} onChange={(event) => setQuery({ to: event.currentTarget.value })} />
      </Field>
    </search>
  )
}

function Entries({ entries }: { entries: Entry[] }) {
  const rows = useMemo(() => entries.map((e) => ({ e, lines: sentences(e) })), [entries])
  return (
    <table class="plain audit">
      <thead>
        <tr>
          <th scope="col">{text.time}</th>
          <th scope="col">{text.who}</th>
          <th scope="col">{text.what}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ e, lines }) => (
          <tr key={e.id}>
            <td>
              <time dateTime={e.time}>{moment(Date.parse(e.time))}</time>
            </td>
            <td>
              {e.user?.name || text.nobody}
              <small>{e.address}</small>
            </td>
            <td>
              <b>{lines[0]}</b>
              {lines.slice(1).map((line) => (
                <small key={line}>{line}</small>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
