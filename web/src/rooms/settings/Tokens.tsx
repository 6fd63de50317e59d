import { useSignal } from '@preact/signals'
import { account, type Scope, type Token } from '../../api/account'
import { age, date } from '../../format'
import { Button } from '../../ui/kit/Button'
import { confirm } from '../../ui/kit/confirm'
import { Empty } from '../../ui/kit/Empty'
import { useLoad } from '../../ui/kit/load'
import { Pill } from '../../ui/kit/Pill'
import { Problem } from '../../ui/kit/Problem'
import { Progress } from '../../ui/kit/Progress'
import { type Column, Table } from '../../ui/kit/Table'
import { toast } from '../../ui/kit/toast'
import { words } from '../../words'
import { NewToken } from './NewToken'

const text = words.settings.tokens

export function Tokens() {
  const { data, problem, busy, reload } = useLoad(account.tokens)
  const adding = useSignal(false)
  const revoke = async (token: Token) => {
    const sure = await confirm({
      title: text.revokeTitle(token.name),
      text: text.revokeLead,
      action: text.revoke,
      danger: true,
    })
    if (!sure) return
    try {
      await account.revokeToken(token.id)
      toast(text.revoked(token.name))
    } catch (error) {
      toast((error as Error).message, { bad: true })
    }
    reload()
  }
  const add = (
    <Button
      kind="primary"
      icon="plus"
      onClick={() => {
        adding.value = true
      }}
    >
      {text.add}
    </Button>
  )
  const tokens = data.value?.items ?? []
  return (
    <div class="pane">
      <div class="pane-head">
        <p>
          {text.lead} <a href="/docs">{text.docs}</a>
        </p>
        {tokens.length > 0 && add}
      </div>
      <Problem message={problem.value} retry={reload} />
      {busy.value && !data.value && <Progress label={words.loading} />}
      {data.value && tokens.length === 0 && (
        <Empty icon="key" title={text.none} lead={text.noneLead} action={add} />
      )}
      {tokens.length > 0 && (
        <Table
          label={words.settings.tabs.tokens}
          columns={columns(revoke)}
          items={tokens}
          id={(t) => t.id}
          order={{ key: 'name' }}
        />
      )}
      {adding.value && (
        <NewToken
          close={(made) => {
            adding.value = false
            if (made) reload()
          }}
        />
      )}
    </div>
  )
}

const when = (time: string | null): number | null => (time ? Date.parse(time) : null)

function expiry(token: Token) {
  const at = when(token.expires)
  if (at === null) return <span class="soft">{text.never}</span>
  return at < Date.now() ? <Pill tone="bad">{text.over}</Pill> : date(at)
}

function used(token: Token): string {
  const at = when(token.used)
  return at === null ? text.neverUsed : text.ago(age((Date.now() - at) / 1000))
}

const scopesOf = (token: Token): Scope[] => token.scopes ?? []

function columns(revoke: (token: Token) => void): Column<Token>[] {
  return [
    { key: 'name', title: text.name, cell: (t) => <b>{t.name}</b>, sort: (t) => t.name },
    {
      key: 'role',
      title: text.role,
      cell: (t) => words.menu.roles[t.role],
      sort: (t) => t.role,
      width: '130px',
      minor: true,
    },
    {
      key: 'scopes',
      title: text.scopes,
      cell: (t) => (
        <code
          title={scopesOf(t)
            .map((s) => text.scope[s])
            .join('\n')}
        >
          {scopesOf(t).join(' ')}
        </code>
      ),
      minor: true,
    },
    { key: 'expires', title: text.expires, cell: expiry, sort: (t) => when(t.expires), width: '120px' },
    {
      key: 'used',
      title: text.used,
      cell: used,
      sort: (t) => -(when(t.used) ?? 0),
      width: '130px',
      minor: true,
    },
    {
      key: 'revoke',
      title: '',
      cell: (t) => (
        <Button onClick={() => revoke(t)} aria-label={`${text.revoke}: ${t.name}`}>
          {text.revoke}
        </Button>
      ),
      width: '120px',
      number: true,
    },
  ]
}
