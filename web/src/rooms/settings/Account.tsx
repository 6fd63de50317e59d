import { useSignal } from '@preact/signals'
import { welcome } from '../../account'
import { account } from '../../api/account'
import { setSingleKeys, singleKeys } from '../../keyboard'
import { user } from '../../state'
import { Button } from '../../ui/kit/Button'
import { Field } from '../../ui/kit/Field'
import { Section } from '../../ui/kit/Page'
import { Problem } from '../../ui/kit/Problem'
import { toast } from '../../ui/kit/toast'
import { words } from '../../words'
import { Looks, Region } from './Choices'

const text = words.settings.account

export function Account() {
  return (
    <>
      <Section title={text.who} lead={text.whoLead}>
        <Name />
      </Section>
      <Section title={text.region} lead={text.regionLead}>
        <Region />
      </Section>
      <Section title={text.looks} lead={text.looksLead}>
        <Looks />
      </Section>
      <Section title={text.keys} lead={text.keysLead}>
        <label class="check">
          <input
            type="checkbox"
            checked={singleKeys.value}
            onChange={(event) => setSingleKeys(event.currentTarget.checked)}
          />
          {words.help.single}
        </label>
      </Section>
    </>
  )
}

function Name() {
  const who = user.value!
  const busy = useSignal(false)
  const problem = useSignal('')
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const name = String(new FormData(event.currentTarget as HTMLFormElement).get('name')).trim()
    busy.value = true
    problem.value = ''
    try {
      welcome((await account.change({ name })).user)
      toast(words.settings.saved)
    } catch (error) {
      problem.value = (error as Error).message
    }
    busy.value = false
  }
  return (
    <form class="inline" onSubmit={submit}>
      <Field label={text.name}>
        <input name="name" defaultValue={who.name} maxLength={200} autocomplete="name" />
      </Field>
      <Button type="submit" busy={busy.value}>
        {words.settings.save}
      </Button>
      <p class="soft">
        {who.email} · {words.menu.roles[who.role]} · {who.organization.name}
      </p>
      <Problem message={problem.value} />
    </form>
  )
}
