import { useSignal } from '@preact/signals'
import { Dialog } from '../../ui/Dialog'
import { words } from '../../words'

const text = words.manage.password

// PasswordOnce shows a password that the server made and does not know any more.
export function PasswordOnce({ who, password, close }: { who: string; password: string; close(): void }) {
  const copied = useSignal(false)
  async function copy() {
    await navigator.clipboard.writeText(password)
    copied.value = true
  }
  return (
    <Dialog title={text.title} close={close}>
      <p>{text.lead(who)}</p>
      <p class="secret">
        <code>{password}</code>
        {navigator.clipboard && (
          <button type="button" onClick={copy}>
            {copied.value ? words.kit.copied : text.copy}
          </button>
        )}
      </p>
      <div class="actions">
        <button type="button" class="primary" onClick={close}>
          {text.done}
        </button>
      </div>
    </Dialog>
  )
}
