import '../../css/console-plan.css'
import { useEffect } from 'preact/hooks'
import { type Batch, type CommandState, cancelBatch, commandStates, readBatch } from '../../api/console'
import { number } from '../../format'
import { onNotice } from '../../notices'
import { Button } from '../../ui/kit/Button'
import { useLoad } from '../../ui/kit/load'
import { toast } from '../../ui/kit/toast'
import { words } from '../../words'
import { StateSign, toneOf } from './StateSign'

const text = words.console

const unsettled: ReadonlySet<CommandState> = new Set(['queued', 'waking', 'sending', 'sent', 'delivered'])

// settledOf counts how many of a batch's commands have come to an end, and how many there are.
export function settledOf(counts: Batch['counts']): { done: number; all: number } {
  let [done, all] = [0, 0]
  for (const state of commandStates) {
    const n = counts[state] ?? 0
    all += n
    if (!unsettled.has(state)) done += n
  }
  return { done, all }
}

// BatchStrip follows a command that was sent to a group until all of it has come to an end.
export function BatchStrip({ id, text: typed, hide }: { id: number; text: string; hide(): void }) {
  const { data, reload } = useLoad((signal) => readBatch(id, signal), [id])
  useEffect(() => onNotice(['command'], reload), [id])
  const counts = data.value?.counts ?? {}
  const { done, all } = settledOf(counts)
  const waiting = (counts.queued ?? 0) + (counts.waking ?? 0) // these alone can be called back
  const stop = async () => {
    try {
      await cancelBatch(id)
      toast(text.batchCancelled)
    } catch (error) {
      toast((error as Error).message, { bad: true })
    }
    reload()
  }
  return (
    <div class="batch" role="status">
      <p>
        <b>{text.batch(typed)}</b> {all > 0 && text.batchDone(number(done), number(all))}
      </p>
      <div class="plan-bar" aria-hidden="true">
        {commandStates.map(
          (state) =>
            counts[state] && <i key={state} data-tone={toneOf(state)} style={{ flexGrow: counts[state] }} />,
        )}
      </div>
      <ul>
        {commandStates.map(
          (state) =>
            counts[state] && (
              <li key={state} data-tone={toneOf(state)}>
                <StateSign state={state} size={13} /> {number(counts[state])} {text.states[state]}
              </li>
            ),
        )}
      </ul>
      {waiting > 0 ? (
        <Button onClick={stop}>{text.batchCancel}</Button>
      ) : (
        <Button kind="quiet" onClick={hide}>
          {text.hide}
        </Button>
      )}
    </div>
  )
}
