import { useSignal } from '@preact/signals'
import { type SIM, simStates } from '../../api/sims'
import { Dialog } from '../../ui/Dialog'
import { Button } from '../../ui/kit/Button'
import { Field } from '../../ui/kit/Field'
import { useLoad } from '../../ui/kit/load'
import { Problem } from '../../ui/kit/Problem'
import { words } from '../../words'
import { bytesTyped, wrongIccid } from './budget'
import { readDevices } from './devices'
import { type SIMField, shownOf, simChanges } from './fields'
import type { SimStore } from './store'

const text = words.sims

interface Props {
  sim: SIM | null // null: a new one
  store: SimStore
  close(): void
}

// SimForm asks for a SIM's data in a dialog.
export function SimForm({ sim, store, close }: Props) {
  const busy = useSignal(false)
  const problem = useSignal('')
  const iccid = useSignal(sim?.iccid ?? '')
  const budget = useSignal(shownOf('budget_bytes', sim))
  const slip = wrongIccid(iccid.value.replaceAll(/[\s-]/g, ''))
  const badBudget = Number.isNaN(bytesTyped(budget.value))

  async function submit(event: SubmitEvent) {
    event.preventDefault()
    if (badBudget) return
    const form = new FormData(event.currentTarget as HTMLFormElement)
    const body = simChanges(sim, (field) => String(form.get(field) ?? ''))
    if (sim && Object.keys(body).length === 0) return close()
    busy.value = true
    problem.value = ''
    try {
      await store.save(sim, body)
      close()
    } catch (error) {
      problem.value = (error as Error).message
      busy.value = false
    }
  }

  const line = (field: SIMField, more: { most?: number; type?: 'tel'; hint?: string } = {}) => (
    <Field label={text[field as 'operator']} hint={more.hint} optional>
      <input
        name={field}
        type={(more.type ?? 'text') as 'text'}
        maxlength={more.most ?? 100}
        autocomplete="off"
        defaultValue={shownOf(field, sim)}
      />
    </Field>
  )
  return (
    <Dialog title={sim ? text.one(sim.iccid) : text.add} close={close}>
      <form class="item-form" onSubmit={submit}>
        <Field label={text.iccid} hint={text.iccidHint} problem={slip ? text.iccidSlip : undefined}>
          <input
            name="iccid"
            required
            pattern="[0-9][0-9 \-]{16,28}[0-9]"
            inputMode="numeric"
            autocomplete="off"
            readonly={sim !== null}
            value={iccid.value}
            onInput={(event) => {
              iccid.value = event.currentTarget.value
            }}
          />
        </Field>
        <div class="fields">
          {line('msisdn', { type: 'tel', most: 20, hint: words.manage.fields.phoneHint })}
          {line('imsi', { most: 15 })}
          {line('operator')}
          {line('plan')}
          {line('apn')}
          <Field label={text.state}>
            <select name="state">
              {!sim && <option value="">{text.stateUsual}</option>}
              {simStates.map((state) => (
                <option key={state} value={state} selected={state === sim?.state}>
                  {text.states[state]}
                </option>
              ))}
            </select>
          </Field>
        </div>
        <Devices sim={sim} />
        <div class="fields">
          <Field
            label={text.budgetBytes}
            hint={text.budgetBytesHint}
            problem={badBudget ? text.budgetBad : undefined}
            optional
          >
            <input
              name="budget_bytes"
              autocomplete="off"
              value={budget.value}
              onInput={(event) => {
                budget.value = event.currentTarget.value
              }}
            />
          </Field>
          <Field label={text.budgetMessages} optional>
            <input
              name="budget_messages"
              type="number"
              min={1}
              defaultValue={shownOf('budget_messages', sim)}
            />
          </Field>
          <Field label={text.pin} hint={sim?.has_pin ? text.pinThere : text.pinHint} optional>
            <input
              name="pin"
              type="password"
              pattern="[0-9]{4,8}"
              maxlength={8}
              autocomplete="new-password"
            />
          </Field>
        </div>
        {line('note', { most: 500 })}
        <Problem message={problem.value} />
        <div class="actions">
          <Button onClick={close}>{words.cancel}</Button>
          <Button kind="primary" type="submit" busy={busy.value}>
            {busy.value ? words.manage.saving : sim ? words.manage.save : words.manage.add}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

// Devices is the choice of the tracker in which a SIM belongs.
function Devices({ sim }: { sim: SIM | null }) {
  const { data, problem } = useLoad(readDevices)
  const chosen = shownOf('device_id', sim)
  const missing = chosen !== '' && !data.value?.some((d) => String(d.id) === chosen)
  return (
    <Field label={text.inDevice} problem={problem.value || undefined} optional>
      <select name="device_id">
        <option value="">{words.manage.none}</option>
        {missing && (
          <option value={chosen} selected>
            {sim?.vehicle ?? `#${chosen}`}
          </option>
        )}
        {data.value?.map((d) => (
          <option key={d.id} value={d.id} selected={String(d.id) === chosen}>
            {[d.vehicle_name, d.identity].filter(Boolean).join(' · ')}
          </option>
        ))}
      </select>
    </Field>
  )
}
