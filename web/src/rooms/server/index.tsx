import { useEffect } from 'preact/hooks'
import { call } from '../../api'
import { moment, number, span } from '../../format'
import { useLoad } from '../../ui/kit/load'
import { Page, Section } from '../../ui/kit/Page'
import { Pill } from '../../ui/kit/Pill'
import { Problem } from '../../ui/kit/Problem'
import { Progress } from '../../ui/kit/Progress'
import { words } from '../../words'
import { bytes } from './bytes'
import { Facts, Rows } from './Facts'
import type { ServerState } from './state'
import '../../css/server.css'

const text = words.server
const period = 5000 // ms between two questions

// Server shows how the server is, in figures that people can read.
export default function Server() {
  const { data, problem, reload } = useLoad((signal) =>
    call<ServerState>('GET', '/api/server', undefined, { signal }),
  )
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) reload()
    }, period)
    return () => clearInterval(timer)
  }, [])
  const s = data.value
  return (
    <Page title={text.title} lead={s ? text.lead(s.version, span(s.uptime_s)) : undefined}>
      <Problem message={problem.value} retry={reload} />
      {s ? <State s={s} /> : !problem.value && <Progress label={text.loading} />}
    </Page>
  )
}

function State({ s }: { s: ServerState }) {
  return (
    <div class="server">
      <Gateway s={s} />
      <Journal s={s} />
      <Database s={s} />
      <Section title={text.live}>
        <Facts
          facts={[
            [text.readers, number(s.live.readers)],
            [text.sent, bytes(s.live.bytes_out)],
            [text.skipped, number(s.live.dropped)],
          ]}
        />
      </Section>
      <Section title={text.process} lead={text.updated}>
        <Facts
          facts={[
            [text.memory, bytes(s.memory_bytes)],
            [text.goroutines, number(s.goroutines)],
          ]}
        />
      </Section>
    </div>
  )
}

function Gateway({ s }: { s: ServerState }) {
  const { gateway, protocols } = s
  return (
    <Section title={text.gateway}>
      <Facts
        facts={[
          [text.connections, number(gateway.connections)],
          [text.frames, number(gateway.frames)],
          [text.received, bytes(gateway.bytes_in)],
          [text.sent, bytes(gateway.bytes_out)],
          [text.refused, number(gateway.refused)],
        ]}
      />
      <Rows
        label={text.ports}
        head={[text.protocol, text.port, text.lines]}
        rows={protocols.map((p) => [p.name, String(p.port), number(gateway.by_protocol[p.name] ?? 0)])}
      />
    </Section>
  )
}

function Journal({ s }: { s: ServerState }) {
  const { partitions } = s.journal
  const waiting = partitions.reduce((sum, p) => sum + p.behind, 0)
  return (
    <Section title={text.journal} lead={text.journalLead}>
      <p>
        <Pill tone={waiting > 10_000 ? 'late' : 'good'}>
          {waiting === 0 ? text.upToDate : text.waiting(number(waiting))}
        </Pill>
      </p>
      <Facts facts={[[text.size, bytes(s.journal.bytes)]]} />
      <Rows
        label={text.partition}
        head={[text.partition, text.last, text.stored, text.behind]}
        rows={partitions.map((p) => [number(p.number), number(p.last), number(p.stored), number(p.behind)])}
      />
    </Section>
  )
}

function Database({ s }: { s: ServerState }) {
  const { database: d } = s
  return (
    <Section title={text.database}>
      <Facts
        facts={[
          [text.size, bytes(d.bytes)],
          [text.fixes, number(d.fixes)],
          [text.poolUse, number(d.connections)],
          [text.versions, `PostgreSQL ${d.version}, PostGIS ${d.postgis}`],
        ]}
      />
      <Rows
        label={text.days}
        head={[text.day, text.size, text.fixes, text.bytesAFix]}
        rows={d.partitions.map((p) => [
          p.day,
          bytes(p.bytes),
          number(p.fixes),
          p.fixes > 0 ? number(p.bytes / p.fixes) : '',
        ])}
      />
      <p class="soft">{moment(Date.now())}</p>
    </Section>
  )
}
