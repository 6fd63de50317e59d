import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { api, type Device, type NewDevice } from '../api'
import { type Family, familiesOn, isImei, usualPorts } from '../guide/families'
import { adding, knockOf } from '../guide/progress'
import { fleet } from '../state'
import { words } from '../words'
import { Button } from './kit/Button'
import { Field } from './kit/Field'
import { Problem } from './kit/Problem'
import { Progress } from './kit/Progress'
import { knocks } from './knocks'
import { Pointing } from './Pointing'
import { Waiting } from './Waiting'

const text = words.guide

// AddDevice leads from a tracker in the hand to its first place on the map.
export function AddDevice() {
  const choices = useSignal<ReturnType<typeof familiesOn> | null>(null) // not known yet
  const certain = useSignal(true) // the server said its ports
  const key = useSignal('')
  const added = adding.value
  useEffect(() => {
    api.server().then(
      (answer) => {
        choices.value = familiesOn(answer.protocols)
      },
      () => {
        certain.value = false
        choices.value = familiesOn(usualPorts)
      },
    )
  }, [choices, certain])
  if (!choices.value) return <Progress label={words.loading} />
  const chosen = choices.value.find(({ family }) => family.key === key.value) ?? choices.value[0]
  if (!chosen) return <p class="problem">{words.devices.portsFailed}</p>
  return (
    <ol class="guide">
      <li>
        <h3>{text.which}</h3>
        <Field label={text.model} hint={chosen.family.models || text.other}>
          <select
            value={chosen.family.key}
            onChange={(event) => {
              key.value = event.currentTarget.value
            }}
          >
            {choices.value.map(({ family }) => (
              <option key={family.key} value={family.key}>
                {family.name}
              </option>
            ))}
          </select>
        </Field>
      </li>
      <li data-done={added !== null}>
        <h3>{text.who}</h3>
        <Form family={chosen.family} />
      </li>
      <li>
        <h3>{text.where}</h3>
        <Pointing family={chosen.family} port={chosen.port} certain={certain.value} />
      </li>
      <li>
        <h3>{text.wait}</h3>
        {added ? <Waiting added={added} /> : <p class="lead">{text.waitFirst}</p>}
      </li>
    </ol>
  )
}

function Form({ family }: { family: Family }) {
  const identity = useSignal('')
  const busy = useSignal(false)
  const said = useSignal('')
  const problem = useSignal('')
  const knock = knockOf(knocks.value, identity.value)
  const odd = /^\d{15}$/.test(identity.value) && !isImei(identity.value)

  async function submit(event: SubmitEvent) {
    event.preventDefault()
    const form = event.currentTarget as HTMLFormElement
    const device = read(form, family)
    problem.value = ''
    said.value = ''
    if (!/^[\w-]{4,32}$/.test(device.identity)) {
      problem.value = words.devices.badImei
      return
    }
    busy.value = true
    try {
      const made: Device & { vehicle_id?: number | null } = await api.addDevice(device)
      said.value = words.devices.added(device.name || device.identity)
      const { identity: given, name = '' } = device
      adding.value = { identity: given, name, vehicle: made.vehicle_id ?? null, first: fleet.named === 0 }
      identity.value = ''
      form.reset()
    } catch (error) {
      problem.value = (error as Error).message
    } finally {
      busy.value = false
    }
  }

  return (
    <form class="add" onSubmit={submit}>
      <Field label={words.devices.imei} hint={odd ? text.oddImei : words.devices.imeiHint}>
        <input
          name="identity"
          inputmode="numeric"
          autocomplete="off"
          required
          maxlength={40}
          onInput={(event) => {
            identity.value = event.currentTarget.value.replaceAll(' ', '')
          }}
        />
      </Field>
      <Field label={words.devices.name} optional>
        <input name="name" autocomplete="off" maxlength={100} />
      </Field>
      <Field label={words.devices.plate} optional>
        <input name="plate" autocomplete="off" maxlength={20} />
      </Field>
      <Button type="submit" kind="primary" busy={busy.value}>
        {words.devices.submit}
      </Button>
      <p role="status" class="said">
        {said.value || (knock && text.knocks)}
      </p>
      <Problem message={problem.value} />
    </form>
  )
}

function read(form: HTMLFormElement, family: Family): NewDevice {
  const data = new FormData(form)
  const field = (name: string) => String(data.get(name) ?? '').trim()
  const device: NewDevice = { identity: field('identity').replaceAll(' ', ''), protocol: family.protocol }
  if (field('name')) device.name = field('name')
  if (field('plate')) device.plate = field('plate')
  return device
}
