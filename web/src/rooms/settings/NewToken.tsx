import { useSignal } from '@preact/signals'
import type { User } from '../../api'
import { account, type Scope, scopes, type NewToken as Wanted } from '../../api/account'
import { user } from '../../state'
import { Dialog } from '../../ui/Dialog'
import { Button } from '../../ui/kit/Button'
import { Copy } from '../../ui/kit/Copy'
import { Field } from '../../ui/kit/Field'
import { Problem } from '../../ui/kit/Problem'
import { words } from '../../words'

const text = words.settings.tokens
const lives = [30, 90, 365] // days
const dayMs = 86_400_000
const roles: User['role'][] = ['viewer', 'dispatcher', 'admin']

// NewToken asks what a token is for and may do, and shows it once.
export function NewToken({ close }: { close(made: boolean): void }) {
  const secret = useSignal('')
  const problem = useSignal('')
  const busy = useSignal(false)
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const wanted = read(event.currentTarget as HTMLFormElement)
    problem.value = wanted.scopes.length === 0 ? text.noScope : ''
    if (problem.value) return
    busy.value = true
    try {
      secret.value = (await account.addToken(wanted)).token
    } catch (error) {
      problem.value = (error as Error).message
    }
    busy.value = false
  }
  if (secret.value) {
    return (
      <Dialog title={text.made} close={() => close(true)}>
        <p>{text.madeLead}</p>
        <Copy label={text.secret} text={secret.value} />
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
        <Field label={text.name} hint={text.nameHint}>
          <input name="name" required maxLength={100} autocomplete="off" />
        </Field>
        <div class="fields">
          <Field label={text.role}>
            <select name="role" defaultValue="viewer">
              {roles.slice(0, roles.indexOf(user.value!.role) + 1).map((role) => (
                <option key={role} value={role}>
                  {words.menu.roles[role]}
                </option>
              ))}
            </select>
          </Field>
          <Field label={text.expires}>
            <select name="life" defaultValue="90">
              {lives.map((days) => (
                <option key={days} value={days}>
                  {text.days(days)}
                </option>
              ))}
              <option value="">{text.never}</option>
            </select>
          </Field>
        </div>
        <fieldset class="checks">
          <legend>{text.scopes}</legend>
          {scopes.map((scope) => (
            <label key={scope} class="check">
              <input type="checkbox" name="scopes" value={scope} defaultChecked={scope === 'fleet:read'} />
              <span>
                {text.scope[scope]} <code>{scope}</code>
              </span>
            </label>
          ))}
        </fieldset>
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
  const wanted: Wanted = {
    name: String(data.get('name')).trim(),
    role: String(data.get('role')) as User['role'],
    scopes: data.getAll('scopes') as Scope[],
  }
  const days = Number(data.get('life'))
  if (days > 0) wanted.expires = new Date(Date.now() + days * dayMs).toISOString()
  return wanted
}
