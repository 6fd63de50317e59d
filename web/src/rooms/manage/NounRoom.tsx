import { useSignal } from '@preact/signals'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import { number } from '../../format'
import { query, setQuery } from '../../route'
import { isAdmin, user } from '../../state'
import { Knocks } from '../../ui/Knocks'
import { Button } from '../../ui/kit/Button'
import { confirm } from '../../ui/kit/confirm'
import { Empty } from '../../ui/kit/Empty'
import { Problem } from '../../ui/kit/Problem'
import { Progress } from '../../ui/kit/Progress'
import { type Column, Table } from '../../ui/kit/Table'
import { toast } from '../../ui/kit/toast'
import { words } from '../../words'
import { ItemForm } from './ItemForm'
import { Listing, matching } from './listing'
import type { Item, Noun } from './nouns'
import { PasswordOnce } from './PasswordOnce'

const text = words.manage

// NounRoom lists a noun's items; a press on one opens it.
export function NounRoom({ noun }: { noun: Noun }) {
  const listing = useMemo(() => new Listing(noun), [noun])
  const search = useSignal(query.peek().get('search') ?? '')
  const opened = useSignal<Item | 'new' | null>(null)
  const secret = useSignal<{ who: string; password: string } | null>(null)
  useEffect(() => {
    listing.read(search.peek())
    return () => listing.end()
  }, [listing, search])

  const close = () => {
    opened.value = null
  }
  async function save(body: Record<string, unknown>) {
    const item = opened.value === 'new' ? null : opened.value
    const kept = await listing.save(item, body)
    const name = noun.title((kept.organization as Item | undefined) ?? kept)
    const { password } = kept
    if (typeof password === 'string')
      secret.value = { who: String(kept.email ?? body.admin_email ?? name), password }
    toast(item ? text.saved(name) : text.created(name))
  }

  const add = mayWrite(noun) ? () => (opened.value = 'new') : undefined
  const items = listing.items.value && matching(noun, listing.items.value, search.value)
  return (
    <section class="noun" aria-label={text.nouns[noun.key].tab}>
      <Tools
        search={(value) => {
          search.value = value
          setQuery({ search: value })
          if (noun.searched) listing.read(value)
        }}
        searched={search.peek()}
        count={items ? text.loaded(number(items.length) + (listing.next.value ? '+' : '')) : ''}
        add={add}
        label={text.nouns[noun.key].add}
      />
      {noun.key === 'devices' && isAdmin.value && <Knocks />}
      <Problem message={listing.problem.value} retry={() => listing.read()} />
      <Items
        noun={noun}
        items={items}
        listing={listing}
        searched={search.value !== ''}
        open={add && ((item) => (opened.value = item))}
        add={add}
      />
      {opened.value && (
        <ItemForm
          noun={noun}
          item={opened.value === 'new' ? null : opened.value}
          save={save}
          remove={(item) => {
            close()
            remove(listing, item)
          }}
          close={close}
        />
      )}
      {secret.value && (
        <PasswordOnce
          {...secret.value}
          close={() => {
            secret.value = null
          }}
        />
      )}
    </section>
  )
}

function mayWrite(noun: Noun): boolean {
  if (noun.key === 'users' || noun.key === 'organizations') return isAdmin.value
  return user.value?.role !== 'viewer'
}

// remove asks, deletes, and offers to take it back where the server keeps what was deleted.
async function remove(listing: Listing, item: Item): Promise<void> {
  const { noun } = listing
  const name = noun.title(item)
  const sure = await confirm({
    title: text.removeSure(name),
    text: noun.restores ? text.removeKept : undefined,
    action: text.remove,
    danger: true,
  })
  if (!sure) return
  const restore = async () => {
    await listing.restore(item)
    toast(text.restored(name))
  }
  try {
    await listing.remove(item)
    toast(text.removed(name), noun.restores ? { undo: restore } : {})
  } catch (error) {
    toast((error as Error).message, { bad: true })
  }
}

interface ToolsProps {
  search(value: string): void
  searched: string // at first
  count: string
  label: string
  add: (() => void) | undefined
}

const typingPause = 250 // ms after the last key before the server is asked

function Tools({ search, searched, count, label, add }: ToolsProps) {
  const timer = useRef(0)
  return (
    <div class="tools">
      <input
        type="search"
        aria-label={text.search}
        placeholder={text.search}
        defaultValue={searched}
        onInput={(event) => {
          const { value } = event.currentTarget
          clearTimeout(timer.current)
          timer.current = window.setTimeout(() => search(value), typingPause)
        }}
      />
      <span class="soft">{count}</span>
      {add && (
        <Button kind="primary" icon="plus" onClick={add}>
          {label}
        </Button>
      )}
    </div>
  )
}

interface ItemsProps {
  noun: Noun
  listing: Listing
  items: Item[] | null
  searched: boolean
  open: ((item: Item) => void) | undefined // undefined: the reader may only look
  add: (() => void) | undefined
}

function Items({ noun, listing, items, searched, open, add }: ItemsProps) {
  const columns = useMemo(() => noun.columns.map(tableColumn), [noun])
  if (items === null) return listing.problem.value ? null : <Progress label={words.loading} />
  if (items.length === 0) {
    if (searched) return <Empty icon="search" title={text.nothing} />
    const action = add && (
      <Button icon="plus" onClick={add}>
        {text.nouns[noun.key].add}
      </Button>
    )
    return <Empty icon="plus" title={text.nouns[noun.key].empty} action={action} />
  }
  return (
    <Table
      label={text.nouns[noun.key].tab}
      columns={columns}
      items={items}
      id={(item) => item.id}
      open={open}
      end={() => listing.more()}
    />
  )
}

function tableColumn(column: Noun['columns'][number], at: number): Column<Item> {
  return {
    key: column.name,
    title: column.title,
    cell: (item) => (at === 0 ? <b>{column.text(item)}</b> : column.text(item)),
    sort: (item) => (column.numeric ? Number(item[column.name] ?? 0) : column.text(item)),
    number: column.numeric ?? false,
    minor: at > 2,
  }
}
