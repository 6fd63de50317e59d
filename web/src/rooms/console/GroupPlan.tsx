import '../../css/console-plan.css'
import { useSignal } from '@preact/signals'
import { lines, type Plan, planGroup, sendGroup } from '../../api/console'
import { number, span } from '../../format'
import { Dialog } from '../../ui/Dialog'
import { Button } from '../../ui/kit/Button'
import { Field } from '../../ui/kit/Field'
import { useLoad } from '../../ui/kit/load'
import { Problem } from '../../ui/kit/Problem'
import { Progress } from '../../ui/kit/Progress'
import { locale, words } from '../../words'
import type { GroupOrder } from './GroupConsole'

const text = words.console

interface Props {
  order: GroupOrder
  close(): void
  went(batch: number): void
}

// GroupPlan shows which way a command would go to each vehicle of a group, and what that costs, before it goes.
export function GroupPlan({ order, close, went }: Props) {
  const { group, name, typed, request, risky } = order
  const { data, problem } = useLoad(() => planGroup(group, request))
  const busy = useSignal(false)
  const wrong = useSignal('')
  const named = useSignal('')
  const plan = data.value
  const reached = plan ? lines.reduce((sum, line) => sum + plan[line], 0) : 0
  const ready = reached > 0 && (!risky || named.value === name)

  async function run(event: SubmitEvent) {
    event.preventDefault()
    if (!ready) return
    busy.value = true
    try {
      went(await sendGroup(group, { ...request, ...(risky && { confirmed: true }) }))
    } catch (error) {
      wrong.value = (error as Error).message
      busy.value = false
    }
  }

  return (
    <Dialog title={text.plan(typed, name)} close={close}>
      <form class="plan" onSubmit={run}>
        <Problem message={problem.value || wrong.value} />
        {!plan && !problem.value && <Progress label={text.planning} />}
        {plan && <Ways plan={plan} />}
        {plan && <Unreachable of={plan.unreachable} />}
        {plan && reached === 0 && <p class="problem">{text.nobody}</p>}
        {plan && risky && reached > 0 && (
          <>
            <p class="problem">{text.harm}</p>
            <Field label={words.kit.typeToConfirm(name)}>
              <input
                value={named.value}
                autocomplete="off"
                onInput={(event) => {
                  named.value = event.currentTarget.value
                }}
              />
            </Field>
          </>
        )}
        <div class="actions end">
          <Button onClick={close}>{words.cancel}</Button>
          <Button type="submit" kind={risky ? 'danger' : 'primary'} busy={busy.value} disabled={!ready}>
            {text.planSend(reached, number(reached))}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

// Ways is how many go which way, as one bar and in figures.
function Ways({ plan }: { plan: Plan }) {
  const { messages, cost, currency, seconds } = plan
  const count = plan.count + plan.unreachable.length
  return (
    <>
      <p class="plan-count">
        <b>{text.planCount(count, number(count))}</b>
      </p>
      <div class="plan-bar" aria-hidden="true">
        {lines.map(
          (line) => plan[line] > 0 && <i key={line} data-line={line} style={{ flexGrow: plan[line] }} />,
        )}
        {plan.unreachable.length > 0 && <i data-line="none" style={{ flexGrow: plan.unreachable.length }} />}
      </div>
      <dl class="plan-lines">
        {lines.map((line) => (
          <div key={line} data-line={line} data-none={plan[line] === 0}>
            <dt>{text.lines[line]}</dt>
            <dd>{number(plan[line])}</dd>
          </div>
        ))}
      </dl>
      <dl class="plan-facts">
        <dt>{text.planMessages}</dt>
        <dd>{number(messages)}</dd>
        <dt>{text.planCost}</dt>
        <dd>{cost === null ? text.noPrice : money(cost, currency)}</dd>
        <dt>{text.planTime}</dt>
        <dd>{seconds < 5 ? text.atOnce : span(seconds)}</dd>
      </dl>
    </>
  )
}

function Unreachable({ of }: { of: NonNullable<Plan['unreachable']> }) {
  if (of.length === 0) return null
  return (
    <details class="unreachable" open={of.length <= 5}>
      <summary>{text.unreachable(of.length, number(of.length))}</summary>
      <ul>
        {of.map((one) => (
          <li key={one.vehicle_id}>
            <b>{one.name}</b> {one.reason}
          </li>
        ))}
      </ul>
    </details>
  )
}

function money(amount: number, currency: string): string {
  if (!/^[A-Z]{3}$/.test(currency)) return `${number(amount, 2)} ${currency}`
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(amount)
}
