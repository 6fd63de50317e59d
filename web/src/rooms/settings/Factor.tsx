import { useSignal } from '@preact/signals'
import { Problem as ApiProblem } from '../../api'
import { account } from '../../api/account'
import { user } from '../../state'
import { Dialog } from '../../ui/Dialog'
import { Button } from '../../ui/kit/Button'
import { Copy } from '../../ui/kit/Copy'
import { Field } from '../../ui/kit/Field'
import { Pill } from '../../ui/kit/Pill'
import { Problem } from '../../ui/kit/Problem'
import { toast } from '../../ui/kit/toast'
import { words } from '../../words'

const text = words.settings.factor

type Step =
  | { name: 'idle' }
  | { name: 'offer'; secret: string; qr: string }
  | { name: 'codes'; codes: string[] }

function setFactor(totp: boolean): void {
  user.value = { ...user.value!, totp }
}

// Factor sets the authenticator app up, in three steps, and removes it.
export function Factor() {
  const step = useSignal<Step>({ name: 'idle' })
  const problem = useSignal('')
  const busy = useSignal(false)
  const removing = useSignal(false)
  const attempt = async (what: () => Promise<void>) => {
    busy.value = true
    problem.value = ''
    try {
      await what()
    } catch (error) {
      const wrong = error instanceof ApiProblem && error.status === 422
      problem.value = wrong ? words.signIn.wrongCode : (error as Error).message
    }
    busy.value = false
  }
  const offer = () =>
    attempt(async () => {
      step.value = { name: 'offer', ...(await account.offerFactor()) }
    })
  const confirm = (code: string) =>
    attempt(async () => {
      step.value = { name: 'codes', codes: (await account.confirmFactor(code)).recovery_codes }
      setFactor(true)
    })
  const at = step.value
  const on = user.value!.totp === true
  return (
    <>
      <div class="actions">
        <Pill tone={on ? 'good' : 'plain'}>{on ? text.on : text.off}</Pill>
        {on && at.name === 'idle' && (
          <Button
            onClick={() => {
              removing.value = true
            }}
          >
            {text.remove}
          </Button>
        )}
        {!on && at.name === 'idle' && (
          <Button icon="shield" busy={busy.value} onClick={offer}>
            {text.setUp}
          </Button>
        )}
      </div>
      {at.name === 'offer' && <Offer secret={at.secret} qr={at.qr} busy={busy.value} confirm={confirm} />}
      <Problem message={problem.value} />
      {at.name === 'codes' && (
        <Codes
          codes={at.codes}
          done={() => {
            step.value = { name: 'idle' }
          }}
        />
      )}
      {removing.value && (
        <Remove
          close={() => {
            removing.value = false
          }}
        />
      )}
    </>
  )
}

interface OfferProps {
  secret: string
  qr: string
  busy: boolean
  confirm(code: string): void
}

function Offer({ secret, qr, busy, confirm }: OfferProps) {
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    confirm(String(new FormData(event.currentTarget as HTMLFormElement).get('code')).replaceAll(' ', ''))
  }
  return (
    <form class="factor" onSubmit={submit}>
      <img src={`data:image/svg+xml,${encodeURIComponent(qr)}`} alt={text.qr} width={180} height={180} />
      <div class="stack">
        <p>{text.scan}</p>
        <div class="field">
          <span>{text.key}</span>
          <Copy label={text.key} text={secret} />
        </div>
        <Field label={text.code} hint={text.codeHint}>
          <input name="code" inputmode="numeric" autocomplete="one-time-code" maxLength={9} required />
        </Field>
        <div class="actions">
          <Button type="submit" kind="primary" busy={busy}>
            {text.confirm}
          </Button>
        </div>
      </div>
    </form>
  )
}

function Codes({ codes, done }: { codes: string[]; done(): void }) {
  const file = `data:text/plain,${encodeURIComponent(`${words.title}\n${codes.join('\n')}\n`)}`
  return (
    <section class="codes" aria-label={text.recovery}>
      <h3>{text.recovery}</h3>
      <p>{text.recoveryLead}</p>
      <ul>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div class="actions">
        <a class="button" href={file} download="drover-codes.txt">
          {text.download}
        </a>
        <Button kind="primary" onClick={done}>
          {text.done}
        </Button>
      </div>
    </section>
  )
}

function Remove({ close }: { close(): void }) {
  const problem = useSignal('')
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget as HTMLFormElement)
    try {
      await account.removeFactor(String(data.get('password')))
      setFactor(false)
      toast(text.removed)
      close()
    } catch (error) {
      problem.value = (error as Error).message
    }
  }
  return (
    <Dialog title={text.removeTitle} close={close}>
      <form class="confirm" onSubmit={submit}>
        <Field label={text.password}>
          <input name="password" type="password" autocomplete="current-password" required />
        </Field>
        <Problem message={problem.value} />
        <div class="actions">
          <Button onClick={close}>{words.cancel}</Button>
          <Button type="submit" kind="danger">
            {text.remove}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
