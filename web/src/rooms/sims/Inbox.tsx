import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { type Message, markSeen, readQuarantine } from '../../api/sims'
import { moment } from '../../format'
import { onNotice } from '../../notices'
import { user } from '../../state'
import { Button } from '../../ui/kit/Button'
import { Empty } from '../../ui/kit/Empty'
import { useLoad } from '../../ui/kit/load'
import { Problem } from '../../ui/kit/Problem'
import { Progress } from '../../ui/kit/Progress'
import { toast } from '../../ui/kit/toast'
import { words } from '../../words'
import { readWorries } from '../../worries'
import { Claim } from './Claim'

const text = words.sims.inbox

// Inbox is the SMS whose senders are nobody's tracker, until somebody has looked after them.
export function Inbox() {
  const older = useSignal<Message[]>([])
  const next = useSignal<string | null>(null)
  const claimed = useSignal<Message | null>(null)
  const { data, problem, reload } = useLoad(async (signal) => {
    const page = await readQuarantine('', signal)
    older.value = []
    next.value = page.next
    return page.items ?? []
  })
  useEffect(() => onNotice(['sms'], reload), [])
  const all = data.value && [...data.value, ...older.value]
  const more = async () => {
    const page = await readQuarantine(next.value!, new AbortController().signal)
    older.value = [...older.value, ...page.items]
    next.value = page.next
  }
  const seen = async (message: Message) => {
    try {
      await markSeen(message.id)
    } catch (error) {
      toast((error as Error).message, { bad: true })
    }
    reload()
    await readWorries()
  }
  return (
    <section class="inbox" aria-label={words.sims.tabs.inbox}>
      <p class="soft">{text.lead}</p>
      <Problem message={problem.value} retry={reload} />
      {!all && !problem.value && <Progress label={words.loading} />}
      {all?.length === 0 && <Empty icon="message" title={text.empty} lead={text.emptyLead} />}
      {all && all.length > 0 && (
        <ul>
          {all.map((message) => (
            <One key={message.id} message={message} seen={seen} claim={() => (claimed.value = message)} />
          ))}
        </ul>
      )}
      {next.value && (
        <Button kind="quiet" onClick={more}>
          {words.kit.more}
        </Button>
      )}
      {claimed.value && (
        <Claim
          message={claimed.value}
          done={() => seen(claimed.value!)}
          close={() => {
            claimed.value = null
          }}
        />
      )}
    </section>
  )
}

interface OneProps {
  message: Message
  seen(message: Message): void
  claim(): void
}

function One({ message, seen, claim }: OneProps) {
  const time = new Date(message.sent ?? message.created).getTime()
  return (
    <li>
      <header>
        <b>{message.peer}</b>
        <small>{text.at(message.modem)}</small>
        <time dateTime={new Date(time).toISOString()}>{moment(time)}</time>
      </header>
      <p>{message.text || (message.data ? <code>{message.data}</code> : <i>{text.noText}</i>)}</p>
      {message.reason && <small>{message.reason}</small>}
      {user.value?.role !== 'viewer' && (
        <div class="actions">
          {/^\+\d+$/.test(message.peer) && (
            <Button icon="truck" onClick={claim}>
              {text.claim}
            </Button>
          )}
          <Button kind="quiet" icon="check" onClick={() => seen(message)}>
            {text.seen}
          </Button>
        </div>
      )}
    </li>
  )
}
