import { useSignal } from '@preact/signals'
import { account, type NewLink as Wanted } from '../../api/account'
import { fleet } from '../../state'
import { Dialog } from '../../ui/Dialog'
import { Button } from '../../ui/kit/Button'
import { Copy } from '../../ui/kit/Copy'
import { Field } from '../../ui/kit/Field'
import { Problem } from '../../ui/kit/Problem'
import { words } from '../../words'

const text = words.settings.links
const lives = [1, 4, 12, 24, 72, 168, 720] // hours
const hourMs = 3_600_000

interface Props {
  vehicle?: number | undefined // the one to share; left out, people choose
  close(made: boolean): void
}

// NewLink makes a link to one vehicle, and shows it once.
export function NewLink({ vehicle, close }: Props) {
  const url = useSignal('')
  const problem = useSignal('')
  const busy = useSignal(false)
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const wanted = read(event.currentTarget as HTMLFormElement)
    busy.value = true
    problem.value = ''
    try {
      url.value = (await account.addLink(wanted)).url
    } catch (error) {
      problem.value = (error as Error).message
    }
    busy.value = false
  }
  if (url.value) {
    return (
      <Dialog title={text.made} close={() => close(true)}>
        <p>{text.madeLead}</p>
        <Copy label={text.link} text={url.value} />
        <div class="actions end">
          <Button kind="primary" onClick={() => close(true)}>
            {words.close}
          </Button>
        </div>
      </Dialog>
    )
  }
  return (
    <Dialog title={text.add} close={() => close(false)}>
      <form class="confirm" onSubmit={submit}>
        <p>{text.lead}</p>
        <Field label={text.vehicle} problem={fleet.named === 0 ? text.noVehicles : undefined}>
          <select name="vehicle" defaultValue={String(vehicle ?? '')} required>
            {Array.from(fleet.byRank.subarray(0, fleet.count), (slot) => (
              <option key={fleet.ids[slot]} value={fleet.ids[slot]}>
                {fleet.names[slot]}
              </option>
            ))}
          </select>
        </Field>
        <div class="fields">
          <Field label={text.name} hint={text.nameHint} optional>
            <input name="name" maxLength={100} autocomplete="off" />
          </Field>
          <Field label={text.expires}>
            <select name="life" defaultValue="4">
              {lives.map((hours) => (
                <option key={hours} value={hours}>
                  {hours < 24 ? text.hours(hours) : text.days(hours / 24)}
                </option>
              ))}
            </select>
          </Field>
        </div>
        <Problem message={problem.value} />
        <div class="actions">
          <Button onClick={() => close(false)}>{words.cancel}</Button>
          <Button type="submit" kind="primary" busy={busy.value}>
            {text.create}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function read(form: HTMLFormElement): Wanted {
  const data = new FormData(form)
  const name = String(data.get('name')).trim()
  return {
    vehicle_id: Number(data.get('vehicle')),
    expires: new Date(Date.now() + Number(data.get('life')) * hourMs).toISOString(),
    ...(name && { name }),
  }
}
