import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { type Point, readModemHistory } from '../../api/modems'
import { clock, day, moment, span, zone } from '../../format'
import { fleet } from '../../state'
import { dark } from '../../theme'
import { Choice } from '../../ui/kit/Choice'
import { useLoad } from '../../ui/kit/load'
import { Problem } from '../../ui/kit/Problem'
import { words } from '../../words'
import type { Plot } from '../history/plot'
import { ticks } from '../history/zone'
import { PhaseSign, phaseTone } from './PhaseSign'
import { beginOf, type Stretch, stretches } from './signal'

const text = words.modems
const hour = 3_600_000
const lengths = { day: 24 * hour, week: 7 * 24 * hour, month: 30 * 24 * hour }
type Length = keyof typeof lengths

interface Read {
  from: number
  to: number
  points: Point[]
}

// ModemHistory is how a modem has been: its signal, and the phases it went through.
export function ModemHistory({ name }: { name: string }) {
  const length = useSignal<Length>('day')
  const { data, problem, reload } = useLoad(
    async (signal): Promise<Read> => {
      const to = fleet.serverNow()
      const points = await readModemHistory(name, to - lengths[length.value], to, signal)
      return { from: beginOf(points, to - lengths[length.value], to), to, points }
    },
    [name, length.value],
  )
  const read = data.value
  const phases = read ? stretches(read.points, read.to) : []
  return (
    <section class="modem-history" aria-label={text.history}>
      <Choice
        label={text.signal}
        value={length.value}
        options={(['day', 'week', 'month'] as const).map((value) => ({ value, text: text.lengths[value] }))}
        choose={(value) => {
          length.value = value
        }}
      />
      <Problem message={problem.value} retry={reload} />
      {read && <SignalChart key={`${dark.value} ${read.from}`} read={read} />}
      {read && <PhaseBar phases={phases} read={read} />}
      {read && <Axis read={read} />}
      <h2>{text.phasesTitle}</h2>
      {read && phases.length === 0 && <p class="soft">{text.noHistory}</p>}
      <ol class="phases">
        {phases
          .toReversed()
          .slice(0, 100)
          .map((one) => (
            <li key={one.from}>
              <PhaseSign phase={one.phase} size={14} />
              <b data-tone={phaseTone(one.phase)}>{text.phases[one.phase] ?? one.phase}</b>
              <span>{one.reason}</span>
              <small>{span((one.to - one.from) / 1000)}</small>
              <time dateTime={new Date(one.from).toISOString()}>{moment(one.from)}</time>
            </li>
          ))}
      </ol>
    </section>
  )
}

const height = 150

const zoneNow = (): string => zone.value || Intl.DateTimeFormat().resolvedOptions().timeZone

function SignalChart({ read: { from, to, points } }: { read: Read }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = box.current!
    let plot: Plot | null = null
    let gone = false
    const sizes = new ResizeObserver(() => plot?.resize(element.clientWidth, height))
    import('../history/plot').then(
      ({ openPlot }) => {
        if (gone) return
        const look = dark.value
          ? { colour: '#65b2fb', grid: '#222a34', text: '#97a2b0' }
          : { colour: '#2f7fc1', grid: '#e9ecef', text: '#5a636f' }
        const sides = { left: 44, right: 0, stepped: false, floor: true, least: 20 } as const
        plot = openPlot(element, { ...look, ...sides }, element.clientWidth, height)
        const x = [...points.map((p) => new Date(p.time).getTime() / 1000), to / 1000]
        const y = [...points.map((p) => p.signal_dbm), points.at(-1)?.signal_dbm ?? null]
        plot.show([x, y], from, to, ticks(from, to, zoneNow(), 8))
        sizes.observe(element)
      },
      () => undefined, // the figures stand beside it
    )
    return () => {
      gone = true
      sizes.disconnect()
      plot?.close()
    }
  }, [from, to, points])
  return (
    <div
      ref={box}
      class="signal-chart"
      role="img"
      aria-label={text.signal}
      style={{ height: `${height}px` }}
    />
  )
}

function PhaseBar({ phases, read: { from, to } }: { phases: Stretch[]; read: Read }) {
  const first = phases[0]?.from ?? to
  return (
    <div class="phase-bar" aria-hidden="true">
      <i style={{ flexGrow: Math.max(0, first - from) }} />
      {phases.map((one) => (
        <i
          key={one.from}
          data-tone={phaseTone(one.phase)}
          title={`${text.phases[one.phase] ?? one.phase} ${clock(one.from)}`}
          style={{ flexGrow: Math.max(1, one.to - Math.max(from, one.from)) }}
        />
      ))}
    </div>
  )
}

function Axis({ read: { from, to } }: { read: Read }) {
  const write = to - from > 26 * hour ? day : clock
  return (
    <p class="axis" aria-hidden="true">
      {[0, 0.25, 0.5, 0.75, 1].map((share) => (
        <span key={share}>{write(from + (to - from) * share)}</span>
      ))}
    </p>
  )
}
