import '../css/sending.css'
import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { type Device, Problem as Wrong } from '../api'
import {
  type CommandAnswer,
  type CommandBody,
  type CommandKind,
  readProtocols,
  sendCommand,
} from '../api/protocols'
import { age, speed } from '../format'
import { commandBody, fieldsOf, isRisky, offeredKinds, troubleOf } from '../sending'
import { fleet } from '../state'
import { words } from '../words'
import { Icon } from './Icon'
import { Button } from './kit/Button'
import { confirm } from './kit/confirm'
import { useLoad } from './kit/load'
import { Problem } from './kit/Problem'
import { CommandEntry } from './SendFields'

const text = words.sending

interface Props {
  vehicle: number
  device: Device
}

// SendCommand sends one command over the device's open line, and shows what came of it.
export default function SendCommand({ vehicle, device }: Props) {
  const { data, problem } = useLoad(readProtocols)
  const chosen = useSignal<CommandKind | null>(null)
  const busy = useSignal(false)
  const answer = useSignal<CommandAnswer | null>(null)
  const wrong = useSignal('')

  const end = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (answer.value || wrong.value) end.current?.scrollIntoView({ block: 'nearest' })
  }, [answer.value, wrong.value])

  const own = data.value?.find((p) => p.name === device.protocol)
  const kinds = offeredKinds(own?.commands ?? null)
  const kind = chosen.value ?? kinds[0]!

  async function submit(event: SubmitEvent) {
    event.preventDefault()
    const form = new FormData(event.currentTarget as HTMLFormElement)
    const body = commandBody(kind, (field) => String(form.get(field) ?? ''))
    if (isRisky(kind) && !(await sure(kind, vehicle))) return
    busy.value = true
    answer.value = null
    wrong.value = ''
    try {
      answer.value = await send(device.id, body, isRisky(kind))
    } catch (error) {
      if (!(error instanceof Wrong)) throw error
      const trouble = troubleOf(error)
      wrong.value = trouble ? text[trouble] : error.message
    } finally {
      busy.value = false
    }
  }

  if (!data.value) {
    return problem.value ? <Problem message={problem.value} /> : <p class="soft">{text.loading}</p>
  }
  return (
    <form class="send-command" onSubmit={submit}>
      <label>
        {text.kind}
        <select
          value={kind}
          onChange={(event) => {
            chosen.value = event.currentTarget.value as CommandKind
            answer.value = null
            wrong.value = ''
          }}
        >
          {kinds.map((k) => (
            <option key={k} value={k}>
              {text.kinds[k]}
            </option>
          ))}
        </select>
      </label>
      {!own && <small class="soft">{text.anyProtocol}</small>}
      {fieldsOf(kind).map((field) => (
        <CommandEntry key={`${kind} ${field}`} field={field} />
      ))}
      {kind === 'server' && <small class="soft">{text.serverHint}</small>}
      <Button kind={kind === 'immobilise' ? 'danger' : 'primary'} icon="send" type="submit" busy={busy.value}>
        {text.send}
      </Button>
      <div ref={end} class="end">
        <Outcome busy={busy.value} answer={answer.value} />
        <Problem message={wrong.value} />
      </div>
    </form>
  )
}

// send asks once more where the server wants it: it knows more words that can harm.
async function send(device: number, body: CommandBody, confirmed: boolean): Promise<CommandAnswer | null> {
  try {
    return await sendCommand(device, { ...body, ...(confirmed && { confirmed }) })
  } catch (error) {
    if (confirmed || !(error instanceof Wrong) || !/must be confirmed/.test(error.message)) throw error
    const again = await confirm({
      title: text.send,
      text: <p>{error.message}</p>,
      action: text.send,
      danger: true,
    })
    return again ? send(device, body, true) : null
  }
}

function Outcome({ busy, answer }: { busy: boolean; answer: CommandAnswer | null }) {
  return (
    <div role="status" class="outcome" data-state={answer?.state}>
      {busy && (
        <>
          <progress aria-label={text.waiting} />
          <span>{text.waiting}</span>
        </>
      )}
      {answer?.state === 'sent' && <span>{text.sent}</span>}
      {answer && (answer.state === 'answered' || answer.state === 'refused') && (
        <>
          <b>
            <Icon name={answer.state === 'refused' ? 'warning' : 'check'} size={15} />
            {answer.state === 'refused' ? text.refused : text.answered}
          </b>
          <code>{answer.answer ?? answer.data ?? text.noText}</code>
        </>
      )}
      {answer && !['sent', 'answered', 'refused'].includes(answer.state) && <span>{answer.reason}</span>}
    </div>
  )
}

// sure asks before a command that can harm, and names the vehicle and how fast it is now. One that cuts the engine of
// a vehicle that moves, or may move, needs the vehicle's name typed.
function sure(kind: CommandKind, vehicle: number): Promise<boolean> {
  const slot = fleet.slot(vehicle)
  const name = slot < 0 ? '' : fleet.names[slot]!
  const kmh = slot < 0 ? Number.NaN : fleet.speedOf(slot)
  const stands = kmh === 0 && !fleet.stale[slot]
  const cuts = kind === 'immobilise'
  const hint = kind === 'output' ? text.outputSure : kind === 'reboot' ? text.rebootSure : ''
  return confirm({
    title: text.sure(text.kinds[kind]!, name),
    text: (
      <>
        <p>
          <b>
            {Number.isNaN(kmh)
              ? text.speedUnknown(name)
              : text.speedNow(name, speed(kmh), age(fleet.age(slot)))}
          </b>
        </p>
        {cuts && kmh > 0 && <p class="problem">{text.moving}</p>}
        {hint && <p>{hint}</p>}
      </>
    ),
    action: text.short[kind]!,
    danger: true,
    ...(cuts && !stands && name && { type: name }),
  })
}
