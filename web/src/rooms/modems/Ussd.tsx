import { useSignal } from '@preact/signals'
import { askNetwork, type Modem } from '../../api/modems'
import { Button } from '../../ui/kit/Button'
import { Field } from '../../ui/kit/Field'
import { Problem } from '../../ui/kit/Problem'
import { words } from '../../words'

const text = words.modems

// Ussd asks the network something by a code such as *100#, and shows the answer.
export function Ussd({ modem: { name } }: { modem: Modem }) {
  const code = useSignal('*100#')
  const busy = useSignal(false)
  const answer = useSignal<string | null>(null)
  const problem = useSignal('')
  async function submit(event: SubmitEvent) {
    event.preventDefault()
    busy.value = true
    answer.value = null
    problem.value = ''
    try {
      answer.value = (await askNetwork(name, code.value.trim())).text
    } catch (error) {
      problem.value = (error as Error).message
    } finally {
      busy.value = false
    }
  }
  return (
    <form class="ussd" onSubmit={submit}>
      <Field label={text.ussd} hint={text.ussdHint}>
        <input
          inputMode="tel"
          required
          pattern="[0-9*#]+"
          maxlength={40}
          autocomplete="off"
          value={code.value}
          onInput={(event) => {
            code.value = event.currentTarget.value
          }}
        />
      </Field>
      <Button type="submit" icon="send" busy={busy.value}>
        {text.ask}
      </Button>
      <output aria-live="polite">
        {busy.value && <span class="soft">{text.asking}</span>}
        {answer.value !== null && <code>{answer.value || words.sending.noText}</code>}
      </output>
      <Problem message={problem.value} />
    </form>
  )
}
