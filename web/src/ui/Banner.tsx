import { useSignal, useSignalEffect } from '@preact/signals'
import { line } from '../desk'
import { age, clock, day } from '../format'
import { asOf } from '../offline/snapshot'
import { fleet, ready } from '../state'
import { words } from '../words'
import { Icon } from './Icon'

// Banner says when the live line is lost, how old the picture is by now, and for a moment that it is back.
export function Banner() {
  const lostAt = useSignal<number | null>(null)
  const back = useSignal(false)
  useSignalEffect(() => {
    const state = line.value?.state.value
    const was = lostAt.peek()
    if (state === 'lost' && was === null) lostAt.value = Date.now() - 5000
    if (state !== 'live' || was === null) return
    lostAt.value = null
    back.value = true
    setTimeout(() => {
      back.value = false
    }, 4000)
  })
  if (asOf.value !== null) return <Kept at={asOf.value} />
  if (lostAt.value !== null) {
    fleet.version.value
    const old = age((Date.now() - lostAt.value) / 1000)
    return (
      <div class="banner lost">
        <Icon name="unplug" size={17} />
        <span role="alert">{words.live.lostBanner}</span>
        {ready.value && <span class="old">{words.live.old(old)}</span>}
        <button type="button" onClick={() => line.value?.reconnect()}>
          {words.live.reconnect}
        </button>
      </div>
    )
  }
  if (back.value) {
    return (
      <div class="banner back" role="status">
        <Icon name="check" size={17} />
        {words.live.back}
      </div>
    )
  }
  return null
}

// Kept says that what is shown was kept in this browser, and of when it is.
function Kept({ at }: { at: number }) {
  const today = day(at) === day(Date.now())
  return (
    <div class="banner lost">
      <Icon name="wifiOff" size={17} />
      <span role="alert">{words.live.kept(today ? clock(at) : `${day(at)}, ${clock(at)}`)}</span>
      <button type="button" onClick={() => line.value?.reconnect()}>
        {words.live.reconnect}
      </button>
    </div>
  )
}
