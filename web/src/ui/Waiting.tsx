import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { call, type Device } from '../api'
import { type Added, adding, reached, slotOf, steps } from '../guide/progress'
import { places } from '../places'
import { go, path } from '../route'
import { dialog, fleet, select } from '../state'
import { words } from '../words'
import { Icon } from './Icon'
import { Button } from './kit/Button'

const text = words.guide
const pause = 3000 // ms

// Waiting looks for the new device until it has told where it is, and says so.
export function Waiting({ added }: { added: Added }) {
  fleet.version.value
  const element = useRef<HTMLDivElement>(null)
  const online = useOnline(added.identity)
  const step = reached(fleet, added, online.value)
  const slot = slotOf(fleet, added)
  const at = steps.indexOf(step)
  const name = added.name || added.identity
  useEffect(() => element.current?.scrollIntoView({ block: 'nearest' }), [step])
  if (step === 'located') {
    const where = places.of(fleet, slot)
    return (
      <div ref={element} class="arrived" role="status">
        <Icon name="party" size={30} />
        <p>
          <b>{text.here(name)}</b>
          {where && <span>{where}</span>}
        </p>
        <Button kind="primary" onClick={() => show(slot)}>
          {text.show}
        </Button>
        <Button onClick={forget}>{text.another}</Button>
      </div>
    )
  }
  return (
    <div ref={element} role="status">
      <ul class="steps">
        {steps.map((key, n) => (
          <li key={key} data-state={n <= at ? 'done' : n === at + 1 ? 'waiting' : 'later'}>
            {n <= at ? <Icon name="check" size={16} /> : <i />}
            {text.steps[key](name)}
          </li>
        ))}
      </ul>
      <p class="lead">{text.patience[step]}</p>
    </div>
  )
}

const forget = (): void => {
  adding.value = null
}

function show(slot: number): void {
  forget()
  dialog.value = null
  if (path.value !== '/') go('/')
  select(fleet.ids[slot]!)
}

// useOnline asks whether the device has a line to the server, until it has one.
function useOnline(identity: string) {
  const online = useSignal(false)
  useEffect(() => {
    online.value = false
    const abort = new AbortController()
    const ask = () => {
      if (document.hidden || online.peek()) return
      const url = `/api/devices?search=${encodeURIComponent(identity)}&limit=5`
      call<{ items: Device[] | null }>('GET', url, undefined, { signal: abort.signal }).then(
        ({ items }) => {
          online.value = items?.some((device) => device.identity === identity && device.online) ?? false
        },
        () => undefined, // the live line will tell
      )
    }
    ask()
    const timer = setInterval(ask, pause)
    return () => {
      abort.abort()
      clearInterval(timer)
    }
  }, [identity, online])
  return online
}
