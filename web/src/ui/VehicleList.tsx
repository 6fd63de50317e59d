import { useComputed, useSignal, useSignalEffect } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { type Sort, sorts } from '../fleet/view'
import { number } from '../format'
import {
  cursor,
  fleet,
  hovered,
  listHeld,
  ready,
  search,
  select,
  selected,
  shown,
  sort,
  states,
} from '../state'
import { words } from '../words'
import { Icon } from './Icon'
import { Row } from './Row'

const rowHeight = 48 // as in list.css
const spare = 6 // rows above and below the visible ones

export function VehicleList({ hidden }: { hidden: boolean }) {
  return (
    <section class="list" hidden={hidden}>
      <Head />
      <Rows />
    </section>
  )
}

function Head() {
  fleet.version.value
  const [some, all] = [shown.value.length, fleet.named]
  return (
    <header>
      <h2>{words.list.heading}</h2>
      <span class="count" role="status">
        {some === all ? number(all) : words.list.of(number(some), number(all))}
      </span>
      <label class="sort">
        <span>{words.list.sort}</span>
        <select
          value={sort.value}
          onChange={(event) => {
            sort.value = event.currentTarget.value as Sort
          }}
        >
          {sorts.map((key) => (
            <option key={key} value={key}>
              {words.list.sorts[key]}
            </option>
          ))}
        </select>
        <Icon name="chevronDown" size={14} />
      </label>
    </header>
  )
}

// Rows keeps only the visible rows in the document. All are equally high, so that any can be found by arithmetic.
function Rows() {
  const element = useRef<HTMLDivElement>(null)
  const top = useSignal(0)
  const height = useSignal(800)
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => {
      height.value = entry!.contentRect.height
    })
    watch.observe(element.current!)
    return () => watch.disconnect()
  }, [height])
  useReveal(element)

  const rows = shown.value
  const first = Math.max(0, Math.floor(top.value / rowHeight) - spare)
  const last = Math.min(rows.length, Math.ceil((top.value + height.value) / rowHeight) + spare)
  const cursorRow = useComputed(() =>
    cursor.value === null ? -1 : shown.value.indexOf(fleet.slot(cursor.value)),
  )
  const inWindow = cursorRow.value >= first && cursorRow.value < last
  return (
    <div
      ref={element}
      class="rows"
      role="listbox"
      tabIndex={0}
      aria-label={words.list.heading}
      aria-activedescendant={inWindow ? `vehicle-${cursor.value}` : undefined}
      onScroll={(event) => {
        top.value = event.currentTarget.scrollTop
      }}
      onPointerEnter={(event) => {
        listHeld.value = event.pointerType === 'mouse'
      }}
      onPointerLeave={() => {
        listHeld.value = false
        hovered.value = null
      }}
      onPointerOver={(event) => {
        if (event.pointerType === 'mouse') hovered.value = idOf(event.target)
      }}
      onClick={(event) => {
        const id = idOf(event.target)
        if (id !== null) select(id)
      }}
      onKeyDown={() => undefined}
    >
      {rows.length === 0 ? (
        <Nothing />
      ) : (
        <div class="all" role="presentation" style={{ height: `${rows.length * rowHeight}px` }}>
          {Array.from(rows.subarray(first, last), (slot, n) => (
            <Row
              key={fleet.ids[slot]}
              slot={slot}
              place={first + n}
              of={rows.length}
              top={(first + n) * rowHeight}
            />
          ))}
        </div>
      )}
    </div>
  )
}

function Nothing() {
  if (!ready.value) return <p class="nothing">{words.list.waiting}</p>
  if (fleet.named === 0) return null
  return (
    <p class="nothing">
      {words.list.none}
      <button
        type="button"
        onClick={() => {
          search.value = ''
          states.value = 0
        }}
      >
        {words.list.showAll}
      </button>
    </p>
  )
}

// useReveal scrolls to the vehicle that was selected on the map or reached by keyboard.
function useReveal(element: { current: HTMLDivElement | null }) {
  useSignalEffect(() => {
    const id = cursor.value ?? selected.value
    const list = element.current
    if (id === null || !list || !ready.value) return
    const at = shown.peek().indexOf(fleet.slot(id)) * rowHeight
    if (at < 0) return
    if (at < list.scrollTop) list.scrollTop = at
    else if (at + rowHeight > list.scrollTop + list.clientHeight) {
      list.scrollTop =
        at + rowHeight - list.clientHeight + (selected.peek() === id ? list.clientHeight / 3 : 0)
    }
  })
}

function idOf(target: EventTarget | null): number | null {
  const row = (target as HTMLElement).closest<HTMLElement>('[data-id]')
  return row ? Number(row.dataset.id) : null
}
