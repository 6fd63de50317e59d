import { useSignal } from '@preact/signals'
import { api, type Knock } from '../api'
import { age, number } from '../format'
import { fleet } from '../state'
import { words } from '../words'
import { knocks, knocksProblem, readKnocks } from './knocks'

// Knocks lists the unknown devices that called; a press makes one of them known.
export function Knocks() {
  const said = useSignal('')
  const problem = useSignal('')
  async function adopt(knock: Knock) {
    problem.value = ''
    try {
      await api.adopt(knock.id, '')
      said.value = words.knocks.adopted(knock.identity)
    } catch (error) {
      problem.value = (error as Error).message
    }
    await readKnocks()
  }
  const list = knocks.value
  return (
    <section class="knocks">
      <h3>{words.knocks.title}</h3>
      <p>{list.length > 0 ? words.knocks.lead : words.knocks.none}</p>
      {list.length > 0 && (
        <ul>
          {list.map((knock) => (
            <KnockRow key={knock.id} knock={knock} adopt={() => adopt(knock)} />
          ))}
        </ul>
      )}
      <p role="status" class="said">
        {said.value}
      </p>
      <p role="alert" class="problem">
        {problem.value || knocksProblem.value}
      </p>
    </section>
  )
}

function KnockRow({ knock, adopt }: { knock: Knock; adopt(): Promise<void> }) {
  fleet.version.value
  const busy = useSignal(false)
  const last = age(Math.max(0, (fleet.serverNow() - Date.parse(knock.last)) / 1000))
  const why = knock.reason === 'unknown' ? '' : (words.knocks.reasons[knock.reason] ?? knock.reason)
  const calls = words.knocks.calls(knock.count, number(knock.count))
  return (
    <li>
      <b>{knock.identity || words.knocks.nameless}</b>
      <span>{[knock.protocol, knock.address, why].filter(Boolean).join(' · ')}</span>
      <span>{words.knocks.seen(calls, last)}</span>
      <button
        type="button"
        hidden={knock.reason !== 'unknown' || knock.identity === ''}
        disabled={busy.value}
        aria-label={`${words.knocks.adopt} ${knock.identity}`}
        onClick={async () => {
          busy.value = true
          await adopt()
          busy.value = false
        }}
      >
        {words.knocks.adopt}
      </button>
    </li>
  )
}
