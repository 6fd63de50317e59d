import { useSignal } from '@preact/signals'
import { account, type Link } from '../../api/account'
import { moment } from '../../format'
import { Button } from '../../ui/kit/Button'
import { confirm } from '../../ui/kit/confirm'
import { Empty } from '../../ui/kit/Empty'
import { useLoad } from '../../ui/kit/load'
import { Problem } from '../../ui/kit/Problem'
import { Progress } from '../../ui/kit/Progress'
import { type Column, Table } from '../../ui/kit/Table'
import { toast } from '../../ui/kit/toast'
import { words } from '../../words'
import { NewLink } from './NewLink'

const text = words.settings.links

export function Links() {
  const { data, problem, busy, reload } = useLoad(account.links)
  const adding = useSignal(false)
  const end = async (link: Link) => {
    const title = text.endTitle(link.vehicle)
    if (!(await confirm({ title, text: text.endLead, action: text.end, danger: true }))) return
    try {
      await account.endLink(link.id)
      toast(text.ended)
    } catch (error) {
      toast((error as Error).message, { bad: true })
    }
    reload()
  }
  const add = (
    <Button
      kind="primary"
      icon="link"
      onClick={() => {
        adding.value = true
      }}
    >
      {text.add}
    </Button>
  )
  const links = data.value?.items ?? []
  return (
    <div class="pane">
      <div class="pane-head">
        <p>{text.lead}</p>
        {links.length > 0 && add}
      </div>
      <Problem message={problem.value} retry={reload} />
      {busy.value && !data.value && <Progress label={words.loading} />}
      {data.value && links.length === 0 && (
        <Empty icon="link" title={text.none} lead={text.noneLead} action={add} />
      )}
      {links.length > 0 && (
        <Table label={words.settings.tabs.links} columns={columns(end)} items={links} id={(l) => l.id} />
      )}
      {adding.value && (
        <NewLink
          close={(made) => {
            adding.value = false
            if (made) reload()
          }}
        />
      )}
    </div>
  )
}

function columns(end: (link: Link) => void): Column<Link>[] {
  return [
    { key: 'vehicle', title: text.vehicle, cell: (l) => <b>{l.vehicle}</b>, sort: (l) => l.vehicle },
    { key: 'name', title: text.name, cell: (l) => l.name, sort: (l) => l.name, minor: true },
    {
      key: 'expires',
      title: text.expires,
      cell: (l) => moment(Date.parse(l.expires)),
      sort: (l) => Date.parse(l.expires),
    },
    {
      key: 'end',
      title: '',
      cell: (l) => (
        <Button onClick={() => end(l)} aria-label={`${text.end}: ${l.vehicle} ${l.name}`}>
          {text.end}
        </Button>
      ),
      width: '110px',
      number: true,
    },
  ]
}
