import { account, type Session } from '../../api/account'
import { age, date } from '../../format'
import { Icon } from '../../ui/Icon'
import { Button } from '../../ui/kit/Button'
import { useLoad } from '../../ui/kit/load'
import { Section } from '../../ui/kit/Page'
import { Pill } from '../../ui/kit/Pill'
import { Problem } from '../../ui/kit/Problem'
import { Progress } from '../../ui/kit/Progress'
import { toast } from '../../ui/kit/toast'
import { words } from '../../words'

const text = words.settings.sessions

export function Sessions() {
  const { data, problem, busy, reload } = useLoad(account.sessions)
  const sessions = data.value?.items ?? []
  const others = sessions.filter((s) => !s.current)
  const end = async (list: Session[], said: string) => {
    try {
      for (const session of list) await account.endSession(session.id)
      toast(said)
    } catch (error) {
      toast((error as Error).message, { bad: true })
    }
    reload()
  }
  return (
    <Section
      title={text.title}
      lead={text.lead}
      actions={
        others.length > 1 && <Button onClick={() => end(others, text.othersEnded)}>{text.others}</Button>
      }
    >
      <Problem message={problem.value} retry={reload} />
      {busy.value && !data.value && <Progress label={words.loading} />}
      <ul class="cards">
        {sessions.map((session) => (
          <Row key={session.id} session={session} end={() => end([session], text.ended)} />
        ))}
      </ul>
    </Section>
  )
}

function Row({ session, end }: { session: Session; end(): void }) {
  const name = session.browser || text.unknown
  const used = age(Math.max(0, (Date.now() - Date.parse(session.used)) / 1000))
  const phone = /iPhone|iPad|Android/.test(session.browser)
  return (
    <li>
      <Icon name={phone ? 'phone' : 'monitorDevice'} size={20} />
      <div>
        <b>{name}</b> {session.current && <Pill tone="good">{text.current}</Pill>}
        <p>{[session.address, text.used(used), text.since(date(Date.parse(session.created)))].join(' · ')}</p>
      </div>
      {!session.current && (
        <Button onClick={end} aria-label={`${text.end}: ${name}`}>
          {text.end}
        </Button>
      )}
    </li>
  )
}
