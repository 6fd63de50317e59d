import { useComputed, useSignal, useSignalEffect } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { headBit, isHead } from '../fleet/rows'
import { headAbove, rowAt, topOf } from '../fleet/window'
import { cursorPlace, grouped, heights, placeOf, rows, showAll } from '../listing'
import { cursor, cursorHead, fleet, hovered, listHeld, ready, select, selected } from '../state'
import { words } from '../words'
import { DemoStrip } from './DemoStrip'
import { GroupHead, headId } from './GroupHead'
import { ListHead } from './ListHead'
import { Row } from './Row'

const spare = 6 // rows above and below the visible ones

export function VehicleList({ hidden }: { hidden: boolean }) {
  return (
    <section class="list" hidden={hidden}>
      <DemoStrip />
      <ListHead />
      <Rows />
    </section>
  )
}

// Rows keeps only the visible rows in the document: where each stands is found by arithmetic.
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

  const { items, heads } = rows.value
  const high = heights.value
  const first = Math.max(0, rowAt(heads, items.length, top.value, high) - spare)
  const last = Math.min(items.length, rowAt(heads, items.length, top.value + height.value, high) + 1 + spare)
  const cursorRow = useComputed(() => {
    rows.value
    return cursorPlace()
  })
  const inWindow = cursorRow.value >= first && cursorRow.value < last
  const cursorId = cursorHead.value === null ? `vehicle-${cursor.value}` : headId(cursorHead.value)
  const aria = {
    role: grouped.value ? 'tree' : 'listbox',
    tabIndex: 0,
    'aria-label': words.list.heading,
    'aria-activedescendant': inWindow ? cursorId : undefined,
  } as const
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: its role depends on whether there are groups
    <div
      ref={element}
      class="rows"
      {...aria}
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
      {items.length === 0 ? <Nothing /> : <Window first={first} last={last} top={top.value} />}
    </div>
  )
}

function Window({ first, last, top }: { first: number; last: number; top: number }) {
  fleet.version.value
  const { items, heads } = rows.value
  const high = heights.value
  const above = headAbove(heads, rowAt(heads, items.length, top, high))
  return (
    <div class="all" role="presentation" style={{ height: `${topOf(heads, items.length, high)}px` }}>
      {above >= 0 && topOf(heads, above, high) < top && <GroupHead item={items[above]!} top={top} still />}
      {Array.from(items.subarray(first, last), (item, n) => {
        const place = first + n
        const at = topOf(heads, place, high)
        if (isHead(item)) return <GroupHead key={`g${item}`} item={item} top={at} />
        const level = grouped.value ? levelAt(heads, items, place) : 0
        return (
          <Row key={fleet.ids[item]} slot={item} place={place} of={items.length} top={at} level={level} />
        )
      })}
    </div>
  )
}

// levelAt is how deep the group of a row lies, from 1.
function levelAt(heads: readonly number[], items: Uint32Array, place: number): number {
  const head = headAbove(heads, place)
  const group = head < 0 ? undefined : fleet.tree[items[head]! - headBit]
  return (group?.depth ?? 0) + 1
}

function Nothing() {
  if (!ready.value) return <p class="nothing">{words.list.waiting}</p>
  if (fleet.named === 0) return null
  return (
    <p class="nothing">
      {words.list.none}
      <button type="button" onClick={showAll}>
        {words.list.showAll}
      </button>
    </p>
  )
}

// useReveal scrolls to the vehicle that was selected on the map, or to the row that the keyboard reached.
function useReveal(element: { current: HTMLDivElement | null }) {
  useSignalEffect(() => {
    const id = cursor.value ?? selected.value
    const onHead = cursorHead.value !== null
    const list = element.current
    if ((id === null && !onHead) || !list || !ready.value) return
    const place = onHead ? cursorPlace() : placeOf(id)
    if (place < 0) return
    const { heads } = rows.peek()
    const high = heights.peek()
    const at = topOf(heads, place, high)
    const end = topOf(heads, place + 1, high)
    const covered = heads.length > 0 && !onHead ? high.head : 0
    if (at - covered < list.scrollTop) list.scrollTop = at - covered
    else if (end > list.scrollTop + list.clientHeight) {
      const room = selected.peek() === id && !onHead ? list.clientHeight / 3 : 0
      list.scrollTop = end - list.clientHeight + room
    }
  })
}

function idOf(target: EventTarget | null): number | null {
  const row = (target as HTMLElement).closest<HTMLElement>('[data-id]')
  return row ? Number(row.dataset.id) : null
}
