import { useSignal } from '@preact/signals'
import { welcome } from '../../account'
import { Problem as ApiProblem } from '../../api'
import { account } from '../../api/account'
import { user } from '../../state'
import { Button } from '../../ui/kit/Button'
import { Field } from '../../ui/kit/Field'
import { Section } from '../../ui/kit/Page'
import { Problem } from '../../ui/kit/Problem'
import { toast } from '../../ui/kit/toast'
import { words } from '../../words'
import { Factor } from './Factor'
import { Sessions } from './Sessions'

const text = words.settings.password

export function Security() {
  return (
    <>
      <Section title={words.settings.factor.title} lead={words.settings.factor.lead}>
        <Factor />
      </Section>
      <Section title={text.title} lead={text.lead}>
        <Password />
      </Section>
      <Sessions />
    </>
  )
}

function Password() {
  const busy = useSignal(false)
  const problem = useSignal('')
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const form = event.currentTarget as HTMLFormElement
    const data = new FormData(form)
    busy.value = true
    problem.value = ''
    try {
      welcome((await account.changePassword(String(data.get('current')), String(data.get('next')))).user)
      form.reset()
      toast(text.changed)
    } catch (error) {
      const wrong = error instanceof ApiProblem && error.status === 401
      problem.value = wrong ? text.wrong : (error as Error).message
    }
    busy.value = false
  }
  return (
    <form class="stack" onSubmit={submit}>
      <input type="hidden" autocomplete="username" value={user.value!.email} />
      <div class="fields">
        <Field label={text.current}>
          <input name="current" type="password" autocomplete="current-password" required />
        </Field>
        <Field label={text.next} hint={text.hint}>
          <input
            name="next"
            type="password"
            autocomplete="new-password"
            minLength={10}
            maxLength={256}
            required
          />
        </Field>
      </div>
      <Problem message={problem.value} />
      <div class="actions">
        <Button type="submit" busy={busy.value}>
          {text.change}
        </Button>
      </div>
    </form>
  )
}
