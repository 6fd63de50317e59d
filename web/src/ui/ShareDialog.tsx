import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import { type Link, shareVehicle } from '../api/vehicle'
import { moment } from '../format'
import { closeDialog, fleet, selected } from '../state'
import { words } from '../words'
import { Dialog } from './Dialog'
import { Button } from './kit/Button'
import { Field } from './kit/Field'
import { Problem } from './kit/Problem'

const hour = 3_600_000 // ms
const spans = [1, 4, 12, 24, 72, 168] // h

// ShareDialog makes a link that shows one vehicle's place to whoever has it, for a while.
export default function ShareDialog() {
  const id = useSignal(selected.peek()).value
  const text = words.sharing
  const slot = id === null ? -1 : fleet.slot(id)
  if (id === null || slot < 0) return null
  return (
    <Dialog title={text.title(fleet.names[slot]!)} close={() => closeDialog('share')}>
      <Form id={id} />
    </Dialog>
  )
}

function Form({ id }: { id: number }) {
  const text = words.sharing
  const hours = useSignal(4)
  const name = useSignal('')
  const busy = useSignal(false)
  const problem = useSignal('')
  const link = useSignal<Link | null>(null)
  const make = async (event: SubmitEvent) => {
    event.preventDefault()
    busy.value = true
    problem.value = ''
    try {
      link.value = await shareVehicle(id, fleet.serverNow() + hours.value * hour, name.value.trim())
    } catch (error) {
      problem.value = (error as Error).message
    } finally {
      busy.value = false
    }
  }
  if (link.value) return <Made link={link.value} />
  return (
    <form class="share" onSubmit={make}>
      <p>{text.lead}</p>
      <Field label={text.lasts}>
        <select
          value={hours.value}
          onChange={(event) => {
            hours.value = Number(event.currentTarget.value)
          }}
        >
          {spans.map((span) => (
            <option key={span} value={span}>
              {text.hours(span)}
            </option>
          ))}
        </select>
      </Field>
      <Field label={text.name} hint={text.nameHint} optional>
        <input
          value={name.value}
          maxlength={100}
          autocomplete="off"
          onInput={(event) => {
            name.value = event.currentTarget.value
          }}
        />
      </Field>
      <Problem message={problem.value} />
      <Button type="submit" kind="primary" icon="link" busy={busy.value}>
        {text.make}
      </Button>
    </form>
  )
}

// The address is shown only now: the server keeps no copy of it.
function Made({ link }: { link: Link }) {
  const text = words.sharing
  const field = useRef<HTMLInputElement>(null)
  const copied = useSignal(false)
  const url = new URL(link.url, location.origin).href
  const copy = async () => {
    field.current?.select()
    copied.value = await navigator.clipboard.writeText(url).then(
      () => true,
      () => false,
    )
  }
  return (
    <div class="share">
      <p>{text.made(moment(Date.parse(link.expires)))}</p>
      <Field label={text.address}>
        <input ref={field} readonly value={url} onFocus={(event) => event.currentTarget.select()} />
      </Field>
      <Button kind="primary" icon={copied.value ? 'check' : 'copy'} onClick={copy}>
        {copied.value ? words.kit.copied : words.kit.copy}
      </Button>
      <p>
        <a href="/settings">{text.all}</a>
      </p>
    </div>
  )
}
