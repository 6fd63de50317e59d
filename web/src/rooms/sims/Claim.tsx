import { useSignal } from '@preact/signals'
import type { Message } from '../../api/sims'
import { plainText, searchWords } from '../../fleet/search'
import { Dialog } from '../../ui/Dialog'
import { Button } from '../../ui/kit/Button'
import { Field } from '../../ui/kit/Field'
import { useLoad } from '../../ui/kit/load'
import { Problem } from '../../ui/kit/Problem'
import { toast } from '../../ui/kit/toast'
import { words } from '../../words'
import { type DeviceChoice, readDevices, setPhone } from './devices'

const text = words.sims.inbox
const most = 50

interface Props {
  message: Message
  done(): void
  close(): void
}

// Claim says whose tracker a sender is: its number becomes the device's.
export function Claim({ message: { peer }, done, close }: Props) {
  const { data, problem } = useLoad(readDevices)
  const search = useSignal('')
  const chosen = useSignal<DeviceChoice | null>(null)
  const busy = useSignal(false)
  const wrong = useSignal('')
  const wanted = searchWords(search.value)
  const nameOf = (d: DeviceChoice) => d.vehicle_name || d.identity
  const found = (data.value ?? []).filter((d) => {
    const of = plainText(`${d.vehicle_name} ${d.identity} ${d.phone}`)
    return wanted.every((word) => of.includes(word))
  })
  async function submit(event: SubmitEvent) {
    event.preventDefault()
    const device = chosen.value
    if (!device) return
    busy.value = true
    try {
      await setPhone(device, peer)
      toast(text.claimed(peer, nameOf(device)))
      done()
      close()
    } catch (error) {
      wrong.value = (error as Error).message
      busy.value = false
    }
  }
  return (
    <Dialog title={text.whose(peer)} close={close}>
      <form class="claim" onSubmit={submit}>
        <Field label={words.search.label}>
          <input
            type="search"
            value={search.value}
            onInput={(event) => {
              search.value = event.currentTarget.value
            }}
          />
        </Field>
        <fieldset>
          <legend class="unseen">{words.manage.fields.vehicle}</legend>
          {found.slice(0, most).map((d) => (
            <label key={d.id} class="check">
              <input
                type="radio"
                name="device"
                checked={chosen.value?.id === d.id}
                onChange={() => {
                  chosen.value = d
                }}
              />
              <span>
                {nameOf(d)}
                <small>
                  {d.identity}
                  {d.phone && ` · ${d.phone}`}
                </small>
              </span>
            </label>
          ))}
        </fieldset>
        {chosen.value?.phone && (
          <p class="problem">{text.replaces(nameOf(chosen.value), chosen.value.phone)}</p>
        )}
        <Problem message={problem.value || wrong.value} />
        <div class="actions end">
          <Button onClick={close}>{words.cancel}</Button>
          <Button kind="primary" type="submit" disabled={!chosen.value} busy={busy.value}>
            {text.claimIt}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
