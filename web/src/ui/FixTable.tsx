import { useComputed } from '@preact/signals'
import { readFixes } from '../api/vehicle'
import { moment, title } from '../format'
import { cellText, columnsOf, valueIn } from '../messagecolumns'
import { fleet } from '../state'
import { words } from '../words'
import { useLoad } from './kit/load'
import { Problem } from './kit/Problem'
import { Progress } from './kit/Progress'

const span = 24 * 3_600_000 // ms
const most = 5000 // fixes that are read
const shown = 100

// FixTable is the last fixes with all their values, the newest first. It follows the vehicle.
export function FixTable({ id }: { id: number }) {
  // Read again when a newer fix has come, but not more often than every few seconds.
  const stamp = useComputed(() => {
    fleet.version.value
    const slot = fleet.slot(id)
    return slot < 0 ? 0 : Math.floor((fleet.fixedAt[slot]! || 0) / 5000)
  })
  const { data, problem, reload } = useLoad(
    async (signal) => {
      const to = fleet.serverNow() + 60_000
      const near = await readFixes(id, to - span / 96, to, most, signal)
      const all = near.length > 0 ? near : await readFixes(id, to - span, to, most, signal)
      return { id, fixes: all.slice(-shown).reverse() }
    },
    [id, stamp.value],
  )
  const read = data.value
  if (problem.value) return <Problem message={problem.value} retry={reload} />
  if (!read || read.id !== id) return <Progress label={words.loading} />
  if (read.fixes.length === 0) return <p class="none">{words.messages.noFixes}</p>
  const columns = columnsOf(read.fixes)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and so the keyboard must reach it
    <section class="fix-table" tabIndex={0} aria-label={words.messages.tabs.fixes}>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.messages.time}</th>
            {columns.map((column) => {
              const { text, unit } = title(column)
              return (
                <th key={column} scope="col">
                  {text} {unit && <small>{unit}</small>}
                </th>
              )
            })}
          </tr>
        </thead>
        <tbody>
          {read.fixes.map((fix, n) => (
            <tr key={`${fix.time} ${n}`} data-invalid={!fix.valid}>
              <th scope="row">{moment(Date.parse(fix.time ?? fix.received ?? ''))}</th>
              {columns.map((column) => (
                <td key={column}>{cellText(column, valueIn(fix, column))}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
