import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { account } from '../api/account'
import { dialog, isAdmin } from '../state'
import { words } from '../words'
import { Icon } from './Icon'

// DemoStrip tells a newcomer that the vehicles are simulated, and leads to the first real one.
export function DemoStrip() {
  const demo = useSignal(false)
  useEffect(() => {
    if (sessionStorage.getItem('demo-strip') === 'hidden') return
    account.hello().then(
      (hello) => {
        demo.value = hello.demo
      },
      () => undefined, // a server of before has no demo
    )
  }, [demo])
  if (!demo.value) return null
  const hide = () => {
    demo.value = false
    sessionStorage.setItem('demo-strip', 'hidden')
  }
  return (
    <p class="demo-strip">
      <Icon name="truck" size={16} />
      <span>{words.guide.strip}</span>
      {isAdmin.value && (
        <button
          type="button"
          onClick={() => {
            dialog.value = 'devices'
          }}
        >
          {words.guide.start}
        </button>
      )}
      <button type="button" class="quiet square" aria-label={words.guide.hide} onClick={hide}>
        <Icon name="x" size={14} />
      </button>
    </p>
  )
}
