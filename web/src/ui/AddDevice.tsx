import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { api, type NewDevice, type ServerInfo } from '../api'
import { words } from '../words'
import { Icon } from './Icon'

const text = words.devices

// AddDevice says where a tracker has to call and makes one known by its identity.
export function AddDevice() {
  return (
    <>
      <Ports />
      <Form />
    </>
  )
}

function Ports() {
  const ports = useSignal<ServerInfo['protocols'] | null>(null)
  const failed = useSignal(false)
  useEffect(() => {
    api.server().then(
      (answer) => {
        ports.value = answer.protocols
      },
      () => {
        failed.value = true
      },
    )
  }, [ports, failed])
  return (
    <section class="ports">
      <p>{text.point}</p>
      {failed.value && <p class="problem">{text.portsFailed}</p>}
      <ul>
        {(ports.value ?? []).map((p) => (
          <li key={p.name}>
            <span>{p.name}</span>
            <code>
              {location.hostname}:{p.port}
            </code>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Form() {
  const busy = useSignal(false)
  const said = useSignal('')
  const problem = useSignal('')

  async function submit(event: SubmitEvent) {
    event.preventDefault()
    const form = event.currentTarget as HTMLFormElement
    const device = read(form)
    problem.value = ''
    said.value = ''
    if (!/^[\w-]{4,32}$/.test(device.identity)) {
      problem.value = text.badImei
      return
    }
    busy.value = true
    try {
      await api.addDevice(device)
      said.value = text.added(device.name || device.identity)
      form.reset()
    } catch (error) {
      problem.value = (error as Error).message
    } finally {
      busy.value = false
    }
  }

  return (
    <form class="add" onSubmit={submit}>
      <p>{text.tell}</p>
      <label class="imei">
        <span>
          {text.imei} <small>{text.imeiHint}</small>
        </span>
        <input name="identity" inputmode="numeric" autocomplete="off" required maxlength={40} />
      </label>
      <label>
        <span>
          {text.name} <small>{text.optional}</small>
        </span>
        <input name="name" autocomplete="off" maxlength={100} />
      </label>
      <label>
        <span>
          {text.plate} <small>{text.optional}</small>
        </span>
        <input name="plate" autocomplete="off" maxlength={20} />
      </label>
      <button type="submit" class="primary" disabled={busy.value}>
        {text.submit}
      </button>
      <p role="status" class="said">
        {said.value && <Icon name="check" size={16} />}
        {said.value}
      </p>
      <p role="alert" class="problem">
        {problem.value}
      </p>
    </form>
  )
}

function read(form: HTMLFormElement): NewDevice {
  const data = new FormData(form)
  const field = (name: string) => String(data.get(name) ?? '').trim()
  const device: NewDevice = { identity: field('identity').replaceAll(' ', '') }
  if (field('name')) device.name = field('name')
  if (field('plate')) device.plate = field('plate')
  return device
}
