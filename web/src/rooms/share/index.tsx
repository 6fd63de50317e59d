import '../../css/share.css'
import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { Problem } from '../../api'
import { account, type Shared } from '../../api/account'
import { age, clock, date, number, speed, zoneName } from '../../format'
import { Glyph } from '../../ui/Glyph'
import { Progress } from '../../ui/kit/Progress'
import { Mark } from '../../ui/Mark'
import { words } from '../../words'
import type { RoomProps } from '../rooms'
import { statusOf } from './Sign'
import type { SharedMap } from './sharedMap'

const text = words.share
const pause = 5000 // ms between two questions

type Answer = { shared: Shared; at: number } | { ended: true } | { trouble: string } | null

// Share is what somebody without an account sees of one vehicle: where it is now, until the link ends.
export default function Share({ rest }: RoomProps) {
  const answer = useShared(rest)
  const shared = answer && 'shared' in answer ? answer.shared : null
  useEffect(() => {
    document.title = shared ? `${shared.name} · ${words.title}` : words.title
  }, [shared?.name])
  return (
    <main class="share">
      <Place shared={shared} />
      <section class="share-card" aria-label={text.title}>
        {!answer && <Progress label={words.loading} />}
        {answer && 'ended' in answer && <Ended />}
        {answer && 'trouble' in answer && <p role="alert">{answer.trouble}</p>}
        {shared && <Card shared={shared} />}
      </section>
    </main>
  )
}

// useShared asks again and again while the page is seen. What was known stays when an answer fails to come.
function useShared(token: string): Answer {
  const answer = useSignal<Answer>(null)
  useEffect(() => {
    const abort = new AbortController()
    let timer = 0
    const ask = async () => {
      if (!document.hidden) {
        try {
          answer.value = { shared: await account.shared(token, abort.signal), at: Date.now() }
        } catch (error) {
          if (abort.signal.aborted) return
          if (error instanceof Problem && error.status === 404) answer.value = { ended: true }
          else if (!answer.value) answer.value = { trouble: (error as Error).message }
        }
      }
      if (!(answer.value && 'ended' in answer.value)) timer = setTimeout(ask, pause) as unknown as number
    }
    ask()
    return () => {
      abort.abort()
      clearTimeout(timer)
    }
  }, [token, answer])
  return answer.value
}

function Card({ shared }: { shared: Shared }) {
  const { name, state, fix, place, expires } = shared
  const until = Date.parse(expires)
  return (
    <>
      <header>
        <Glyph status={statusOf[state]} heading={fix?.course_deg ?? 0} size={30} />
        <div>
          <h1>{name}</h1>
          <p>
            {text.states[state]}
            {state === 'moving' && fix?.speed_kmh != null && ` · ${speed(fix.speed_kmh)}`}
          </p>
        </div>
      </header>
      {fix ? (
        <p class="share-place">
          {place || `${number(fix.latitude, 4)}, ${number(fix.longitude, 4)}`}
          <small>{text.seen(age(Math.max(0, (Date.now() - Date.parse(fix.time)) / 1000)))}</small>
        </p>
      ) : (
        <p>{text.nowhere}</p>
      )}
      <footer>
        <Mark size={18} />
        {text.until(`${date(until)}, ${clock(until)} ${zoneName(until)}`)}
      </footer>
    </>
  )
}

function Ended() {
  return (
    <>
      <h1>{text.ended}</h1>
      <p>{text.endedLead}</p>
    </>
  )
}

function Place({ shared }: { shared: Shared | null }) {
  const element = useRef<HTMLDivElement>(null)
  const map = useRef<SharedMap | null>(null)
  const latest = useRef(shared)
  latest.current = shared
  useEffect(() => {
    let gone = false
    import('./sharedMap')
      .then(({ openShared }) => openShared(element.current!))
      .then((opened) => {
        if (gone) return opened.close()
        map.current = opened
        opened.show(latest.current)
      })
      .catch(() => undefined) // the card says it all in words
    return () => {
      gone = true
      map.current?.close()
    }
  }, [])
  useEffect(() => map.current?.show(shared), [shared])
  return <div ref={element} class="share-map" role="img" aria-label={words.map.label} />
}
