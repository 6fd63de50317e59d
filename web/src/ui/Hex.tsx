import '../css/hex.css'
import { useSignal } from '@preact/signals'
import { number } from '../format'
import { byteNamed, type HexRow, hexRows, runsOf } from '../hex'
import { words } from '../words'

const atFirst = 8 // rows that are shown until more are asked for

interface Props {
  hex: string
  error?: string | null | undefined // the byte that it names is marked
  narrow?: boolean // where 16 bytes a row have no room
  all?: boolean // show every row at once
}

// Hex shows bytes in rows: the offset, the bytes, and beside them what can be read as ASCII.
export function Hex({ hex, error, narrow = false, all = false }: Props) {
  const whole = useSignal(all)
  const width = narrow ? 8 : 16
  const rows = hexRows(hex, width)
  const named = byteNamed(error)
  const needed = Math.max(atFirst, named === null ? 0 : Math.floor(named / width) + 2)
  const shown = whole.value ? rows : rows.slice(0, needed)
  const size = hex.length / 2
  return (
    <div class="hex">
      {/* biome-ignore lint/a11y/useSemanticElements: no other element keeps its spaces */}
      <pre role="group" aria-label={words.debug.bytes(size, number(size))}>
        {shown.map((row) => (
          <Row key={row.offset} row={row} named={named} width={width} />
        ))}
        {named !== null && named >= size && shown.length === rows.length && (
          <div>
            <i>{offsetText(size)}</i> <mark>··</mark>
          </div>
        )}
      </pre>
      {shown.length < rows.length && (
        <button
          type="button"
          class="quiet"
          onClick={() => {
            whole.value = true
          }}
        >
          {words.debug.allBytes(number(size))}
        </button>
      )}
    </div>
  )
}

const offsetText = (offset: number): string => String(offset).padStart(4, ' ')

function Row({ row, named, width }: { row: HexRow; named: number | null; width: number }) {
  const runs = runsOf(row, named)
  const used = runs.reduce((n, run) => n + run.gap.length + run.hex.length, 0)
  const full = width * 3 - 1 + (width > 8 ? 1 : 0)
  return (
    <div>
      <i>{offsetText(row.offset)}</i>{' '}
      {runs.map((run) => (
        <>
          {run.gap}
          {run.kind === 'named' ? <mark>{run.hex}</mark> : <span data-kind={run.kind}>{run.hex}</span>}
        </>
      ))}
      {' '.repeat(Math.max(0, full - used))}
      <b>
        {runs.map((run) =>
          run.kind === 'named' ? <mark>{run.ascii}</mark> : <span data-kind={run.kind}>{run.ascii}</span>,
        )}
      </b>
    </div>
  )
}
