import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import { density } from '../../preferences'
import { locale } from '../../words'
import { Icon } from '../Icon'
import { byKey, rowsInView, type SortKey } from './window'

export interface Column<T> {
  key: string
  title: string
  cell(item: T): ComponentChildren
  sort?: (item: T) => SortKey // without it people cannot sort by this column
  width?: string // as in CSS: 120px or 20%; the columns without one share what is left
  number?: boolean // figures, set at the right
  minor?: boolean // left out where there is little room
}

interface Props<T> {
  label: string
  columns: Column<T>[]
  items: T[]
  id(item: T): string | number
  open?: ((item: T) => void) | undefined // a press or Enter on a row
  current?: string | number | null // the row that is open
  order?: { key: string; down?: boolean }
  end?: (() => void) | undefined // called when the last rows come into view: time to read more
}

// Table is a grid of rows of one height, of which those in view are drawn. Its rows are reached by the arrow keys.
export function Table<T>(props: Props<T>) {
  const { label, columns, id, open, current } = props
  const rowHeight = density.value === 'compact' ? 32 : 40
  const { rows, order, sortBy } = useOrder(props)
  const { box, view } = useView(rows.length, rowHeight, props.end)
  const { active, onKeyDown, focus } = useRowKeys(rows, rowHeight, box, open)
  const first = Math.min(view.value.first, rows.length)
  const end = Math.min(view.value.end, rows.length)
  const reached = Math.min(active.value, rows.length - 1)
  const onClick = (event: MouseEvent) => {
    const target = event.target as Element
    if (target.closest('button, a, input, select, label')) return
    const row = target.closest<HTMLElement>('tbody tr')?.ariaRowIndex
    if (row) open?.(rows[Number(row) - 2]!)
  }
  return (
    <div ref={box} class="table" style={{ '--row': `${rowHeight}px` }}>
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: keys reach and open its rows
        role="grid"
        aria-label={label}
        aria-rowcount={rows.length + 1}
        data-open={open !== undefined}
        onClick={onClick}
        onKeyDown={onKeyDown}
      >
        <colgroup>
          {columns.map(({ key, width, minor }) => (
            <col key={key} data-minor={minor} style={width ? { width } : {}} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <Head key={column.key} column={column} order={order} sortBy={sortBy} />
            ))}
          </tr>
        </thead>
        <tbody>
          <Space rows={first} rowHeight={rowHeight} />
          {rows.slice(first, end).map((item, n) => (
            <tr
              key={id(item)}
              aria-rowindex={first + n + 2}
              aria-selected={current === undefined ? undefined : current === id(item)}
              tabIndex={first + n === reached ? 0 : -1}
              onFocus={() => focus(first + n)}
            >
              {columns.map((column) => (
                <td key={column.key} data-number={column.number} data-minor={column.minor}>
                  {column.cell(item)}
                </td>
              ))}
            </tr>
          ))}
          <Space rows={rows.length - end} rowHeight={rowHeight} />
        </tbody>
      </table>
    </div>
  )
}

// Space stands for rows that are not drawn.
function Space({ rows, rowHeight }: { rows: number; rowHeight: number }) {
  if (rows === 0) return null
  return (
    // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: it only keeps room
    <tr class="space" role="presentation">
      <td style={{ height: `${rows * rowHeight}px`, padding: 0 }} />
    </tr>
  )
}

interface Order {
  key: string
  down: boolean
}

function Head<T>(props: { column: Column<T>; order: Order | null; sortBy(key: string): void }) {
  const { column, order, sortBy } = props
  const sorted = order?.key === column.key ? (order.down ? 'descending' : 'ascending') : undefined
  return (
    <th scope="col" aria-sort={sorted} data-number={column.number} data-minor={column.minor}>
      {column.sort ? (
        <button type="button" class="quiet" onClick={() => sortBy(column.key)}>
          {column.title}
          {sorted && <Icon name={sorted === 'descending' ? 'chevronDown' : 'chevronUp'} size={14} />}
        </button>
      ) : (
        column.title
      )}
    </th>
  )
}

function useOrder<T>({ columns, items, order: asked }: Props<T>) {
  const order = useSignal<Order | null>(asked ? { key: asked.key, down: asked.down ?? false } : null)
  const rows = useMemo(() => {
    const by = order.value
    const key = columns.find((c) => c.key === by?.key)?.sort
    if (!by || !key) return items
    const collator = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' })
    const keyed = items.map((item) => ({ item, key: key(item) }))
    keyed.sort((a, b) => byKey(collator, a.key, b.key))
    if (by.down) keyed.reverse()
    return keyed.map((k) => k.item)
  }, [items, columns, order.value])
  const sortBy = (key: string) => {
    order.value = { key, down: order.value?.key === key && !order.value.down }
  }
  return { rows, order: order.value, sortBy }
}

function useView(count: number, rowHeight: number, onEnd: (() => void) | undefined) {
  const box = useRef<HTMLDivElement>(null)
  const view = useSignal({ first: 0, end: Math.min(count, 40) })
  useEffect(() => {
    const element = box.current!
    const look = () => {
      const next = rowsInView(count, rowHeight, element.scrollTop, element.clientHeight)
      const now = view.peek()
      if (next.first !== now.first || next.end !== now.end) view.value = next
      if (count > 0 && next.end === count) onEnd?.()
    }
    const all = () => {
      view.value = { first: 0, end: Math.min(count, 5000) }
    }
    look()
    const sizes = new ResizeObserver(look)
    sizes.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    addEventListener('beforeprint', all)
    addEventListener('afterprint', look)
    return () => {
      sizes.disconnect()
      element.removeEventListener('scroll', look)
      removeEventListener('beforeprint', all)
      removeEventListener('afterprint', look)
    }
  }, [count, rowHeight, onEnd, view])
  return { box, view }
}

function useRowKeys<T>(
  rows: T[],
  rowHeight: number,
  box: { current: HTMLDivElement | null },
  open: ((item: T) => void) | undefined,
) {
  const active = useSignal(0)
  const moveTo = (row: number) => {
    const to = Math.max(0, Math.min(rows.length - 1, row))
    const element = box.current!
    const above = to * rowHeight
    const below = above + 2 * rowHeight - element.clientHeight
    if (element.scrollTop > above) element.scrollTop = above
    else if (element.scrollTop < below) element.scrollTop = below
    active.value = to
    // The row may have to be drawn first.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => element.querySelector<HTMLElement>(`[aria-rowindex="${to + 2}"]`)?.focus()),
    )
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement
    if (!target.matches('tbody tr')) return
    const page = Math.max(1, Math.floor(box.current!.clientHeight / rowHeight) - 2)
    const steps: Record<string, number> = {
      ...{ ArrowDown: active.value + 1, ArrowUp: active.value - 1, Home: 0, End: rows.length - 1 },
      ...{ PageDown: active.value + page, PageUp: active.value - page },
    }
    const to = steps[event.key]
    if (to !== undefined) moveTo(to)
    else if (event.key === 'Enter' && open && rows[active.value]) open(rows[active.value]!)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const focus = (row: number) => {
    active.value = row
  }
  return { active, onKeyDown, focus }
}
