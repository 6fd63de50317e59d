import { useSignal } from '@preact/signals'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import { forgetMisread, type Misread, replayMisreads } from '../../api/protocols'
import { moment, number } from '../../format'
import { query, setQuery } from '../../route'
import { Button } from '../../ui/kit/Button'
import { confirm } from '../../ui/kit/confirm'
import { Empty } from '../../ui/kit/Empty'
import { Problem } from '../../ui/kit/Problem'
import { Progress } from '../../ui/kit/Progress'
import { type Column, Table } from '../../ui/kit/Table'
import { toast } from '../../ui/kit/toast'
import { words } from '../../words'
import { MisreadList } from './misreadlist'
import { Piece } from './Piece'

const text = words.debug
const typingPause = 250 // ms after the last key before the server is asked

const columns: Column<Misread>[] = [
  { key: 'time', title: text.time, width: '170px', cell: (m) => moment(Date.parse(m.time)) },
  {
    ...{ key: 'protocol', title: text.protocol, width: '120px' },
    cell: (m) => (m.protocol === 'any' ? <span class="soft">{text.noProtocol}</span> : <b>{m.protocol}</b>),
  },
  { key: 'error', title: text.error, cell: (m) => <span title={m.error}>{m.error}</span> },
  { key: 'identity', title: text.identity, width: '160px', minor: true, cell: (m) => m.identity },
  { key: 'from', title: text.from, width: '190px', minor: true, cell: (m) => m.address },
  {
    key: 'size',
    title: text.size,
    width: '80px',
    number: true,
    minor: true,
    cell: (m) => number(m.hex.length / 2),
  },
]

const few = columns.filter((c) => !c.minor) // beside an open piece, which says the rest

// Misreads lists what no decoder understood; a press on a piece shows its bytes.
export function Misreads() {
  const list = useMemo(() => new MisreadList(), [])
  const opened = useSignal<number | null>(null)
  const timer = useRef(0)
  useEffect(() => {
    list.read(query.peek().get('search') ?? '')
    return () => list.end()
  }, [list])
  const items = list.items.value
  const piece = items?.find((m) => m.id === opened.value)

  async function again(ids?: number[]) {
    if (
      !ids &&
      !(await confirm({ title: text.againAllSure, text: text.againAllText, action: text.againAll }))
    )
      return
    await said(async () => {
      const { asked } = await replayMisreads(ids)
      toast(text.asked(asked, number(asked)))
      list.readSoon()
    })
  }
  async function forget(id: number) {
    const question = { title: text.forgetSure, text: text.forgetText, action: text.forget, danger: true }
    if (!(await confirm(question))) return
    await said(async () => {
      await forgetMisread(id)
      list.without(id)
      toast(text.forgotten)
    })
  }
  return (
    <div class="misreads" data-open={piece !== undefined}>
      <section aria-label={text.tabs.misreads}>
        <div class="tools">
          <input
            type="search"
            aria-label={text.misreadsSearch}
            placeholder={text.misreadsSearch}
            defaultValue={query.peek().get('search') ?? ''}
            onInput={(event) => {
              const { value } = event.currentTarget
              clearTimeout(timer.current)
              timer.current = window.setTimeout(() => {
                setQuery({ search: value })
                list.read(value.trim())
              }, typingPause)
            }}
          />
          <span class="soft" role="status">
            {items && words.manage.loaded(number(items.length) + (list.next.value ? '+' : ''))}
          </span>
          <Button icon="refresh" disabled={!items?.length} onClick={() => again()}>
            {text.againAll}
          </Button>
        </div>
        <Problem message={list.problem.value} retry={() => list.read()} />
        {items ? (
          <Items items={items} list={list} current={piece?.id ?? null} open={(m) => (opened.value = m.id)} />
        ) : (
          !list.problem.value && <Progress label={words.loading} />
        )}
      </section>
      {piece && (
        <Piece
          key={piece.id}
          piece={piece}
          again={() => again([piece.id])}
          forget={() => forget(piece.id)}
          close={() => {
            opened.value = null
          }}
        />
      )}
    </div>
  )
}

interface ItemsProps {
  items: Misread[]
  list: MisreadList
  current: number | null
  open(item: Misread): void
}

function Items({ items, list, current, open }: ItemsProps) {
  if (items.length === 0) {
    return list.search ? (
      <Empty icon="search" title={words.manage.nothing} />
    ) : (
      <Empty icon="check" title={text.misreadsNone} lead={text.misreadsNoneLead} />
    )
  }
  return (
    <Table
      label={text.tabs.misreads}
      columns={current === null ? columns : few}
      items={items}
      id={(m) => m.id}
      current={current}
      open={open}
      end={() => list.more()}
    />
  )
}

async function said(act: () => Promise<void>): Promise<void> {
  try {
    await act()
  } catch (error) {
    toast((error as Error).message, { bad: true })
  }
}
