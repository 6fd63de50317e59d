import '../../css/console.css'
import { useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import type { CommandRequest } from '../../api/console'
import { user } from '../../state'
import { words } from '../../words'
import { BatchStrip } from './BatchStrip'
import { GroupPlan } from './GroupPlan'
import { isRisky, meant, suggestionsOf } from './grammar'
import { LogView } from './LogView'
import { Log } from './log'
import { Prompt, type Typed } from './Prompt'

const text = words.console

export interface GroupOrder {
  group: number
  name: string
  typed: string
  request: CommandRequest
  risky: boolean
}

// GroupConsole is the log of all vehicles of a group. What is typed goes to each, once its ways have been looked at.
export function GroupConsole({ group, name }: { group: number; name: string }) {
  const log = useMemo(() => new Log({ group }), [group])
  useEffect(() => () => log.end(), [log])
  const suggestions = useMemo(() => suggestionsOf(null), [])
  const problem = useSignal('')
  const planned = useSignal<{ order: GroupOrder; answer(went: boolean): void } | null>(null)
  const batch = useSignal<{ id: number; text: string } | null>(null)

  function submit({ typed, wish, ttl }: Typed): Promise<boolean> {
    const said = meant(typed, suggestions)
    problem.value = 'problem' in said ? said.problem : ''
    if ('problem' in said) return Promise.resolve(false)
    const { body, text: full } = said
    const risky = isRisky(body, full, suggestions)
    const request = { ...body, line: wish, ttl_s: ttl }
    return new Promise((resolve) => {
      planned.value = {
        order: { group, name, typed: full, request, risky },
        answer(went) {
          planned.value = null
          resolve(went)
        },
      }
    })
  }

  return (
    <section class="console" aria-label={text.label(name)}>
      <LogView log={log} names />
      {batch.value && (
        <BatchStrip
          key={batch.value.id}
          id={batch.value.id}
          text={batch.value.text}
          hide={() => {
            batch.value = null
          }}
        />
      )}
      {user.value?.role === 'viewer' ? (
        <p class="may-not">{text.mayNot}</p>
      ) : (
        <Prompt
          name={name}
          suggestions={suggestions}
          offer={null}
          group
          busy={false}
          problem={problem.value}
          send={submit}
        />
      )}
      {planned.value && (
        <GroupPlan
          order={planned.value.order}
          close={() => planned.value?.answer(false)}
          went={(id) => {
            batch.value = { id, text: planned.value!.order.typed }
            planned.value?.answer(true)
            log.refresh()
          }}
        />
      )}
    </section>
  )
}
