import { useComputed } from '@preact/signals'
import { type MessageTab, messagesOpen, messageTab, messageTabs } from '../messages'
import { fleet, isAdmin, selected } from '../state'
import { words } from '../words'
import { detail } from './details'
import { FixTable } from './FixTable'
import { Frames } from './Frames'
import { Icon } from './Icon'
import { lazy } from './lazy'

const VehicleConsole = lazy(() => import('../rooms/console/Dock'))
const ModemLine = lazy(() => import('../rooms/console/ModemLine'))

// Messages lies below the map: what the selected vehicle's tracker said, value by value, and for administrators as
// bytes, live.
export default function Messages() {
  const id = selected.value
  const device = useComputed(() => (detail.value?.id === selected.value ? detail.value?.device : null))
  const slot = id === null ? -1 : fleet.slot(id)
  if (id === null || slot < 0) return null
  const tabs = messageTabs.filter((tab) => tab !== 'frames' || (isAdmin.value && device.value))
  const open = tabs.includes(messageTab.value) ? messageTab.value : 'fixes'
  return (
    <section class="messages" aria-label={words.messages.label(fleet.names[slot]!)}>
      <header>
        <div role="tablist" aria-label={words.messages.title} onKeyDown={(event) => turn(event, tabs, open)}>
          {tabs.map((tab) => (
            <button
              key={tab}
              id={`tab-${tab}`}
              type="button"
              role="tab"
              class="quiet"
              aria-selected={tab === open}
              aria-controls="message-panel"
              tabIndex={tab === open ? 0 : -1}
              onClick={() => {
                messageTab.value = tab
              }}
            >
              {words.messages.tabs[tab]}
            </button>
          ))}
        </div>
        {open === 'console' && <ModemLine />}
        <b>{fleet.names[slot]}</b>
        <button
          type="button"
          class="quiet square"
          aria-label={words.close}
          onClick={() => {
            messagesOpen.value = false
          }}
        >
          <Icon name="x" />
        </button>
      </header>
      <div id="message-panel" role="tabpanel" aria-labelledby={`tab-${open}`}>
        {open === 'console' ? (
          <VehicleConsole
            key={id}
            vehicle={id}
            device={detail.value?.id === id ? (device.value?.id ?? null) : undefined}
          />
        ) : open === 'fixes' ? (
          <FixTable id={id} />
        ) : (
          <Frames key={device.value!.id} device={device.value!.id} />
        )}
      </div>
    </section>
  )
}

function turn(event: KeyboardEvent, tabs: MessageTab[], open: MessageTab): void {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
  if (!by) return
  messageTab.value = tabs[(tabs.indexOf(open) + by + tabs.length) % tabs.length]!
  document.getElementById(`tab-${messageTab.value}`)?.focus()
  event.preventDefault()
}
