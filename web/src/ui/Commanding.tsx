import { useSignal } from '@preact/signals'
import type { VehicleDetail } from '../api'
import { openConsole } from '../messages'
import { user } from '../state'
import { words } from '../words'
import { Icon } from './Icon'
import { lazy } from './lazy'

const SendCommand = lazy(() => import('./SendCommand'))

// Commanding opens the form that sends commands, for those who may.
export function Commanding({ about }: { about: VehicleDetail }) {
  const open = useSignal(false)
  const { device } = about
  if (!device || user.value?.role === 'viewer') return null
  return (
    <section class="commanding">
      <div>
        <button
          type="button"
          class="quiet"
          aria-expanded={open.value}
          onClick={() => {
            open.value = !open.value
          }}
        >
          <Icon name="send" size={15} />
          {words.sending.title}
          <Icon name={open.value ? 'chevronUp' : 'chevronDown'} size={15} />
        </button>
        <button type="button" class="quiet" title={`${words.console.title} (C)`} onClick={openConsole}>
          <Icon name="terminal" size={15} />
          {words.console.title}
        </button>
      </div>
      {open.value && <SendCommand key={device.id} vehicle={about.id} device={device} />}
    </section>
  )
}
