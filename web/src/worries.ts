// How many SIMs need somebody, and how many SMS of unknown senders nobody has looked at: the number at the rail.
import { computed, signal } from '@preact/signals'
import { readQuarantine, readSims } from './api/sims'
import { onNotice } from './notices'
import { user } from './state'

const pause = 120_000 // ms between two questions if no notice comes

export const simAlarms = signal(0)
export const unseen = signal(0)
export const worries = computed(() => simAlarms.value + unseen.value)

// readWorries asks anew. A server or a role without SIMs or SMS has no worries.
export async function readWorries(signal?: AbortSignal): Promise<void> {
  const asked = signal ?? new AbortController().signal
  const [sims, messages] = await Promise.all([
    readSims({ alarms: true, limit: 100 }, asked).catch(() => null),
    user.peek()?.operator === false || user.peek()?.role === 'viewer'
      ? null
      : readQuarantine('', asked).catch(() => null),
  ])
  if (asked.aborted) return
  simAlarms.value = (sims?.items ?? []).filter((sim) => (sim.alarms ?? []).length > 0).length
  unseen.value = messages?.items?.length ?? 0
}

export function watchWorries(): () => void {
  const abort = new AbortController()
  const ask = () => {
    if (!document.hidden) readWorries(abort.signal)
  }
  const timer = setInterval(ask, pause)
  const end = onNotice(['sim', 'sms', 'event'], ask)
  ask()
  return () => {
    abort.abort()
    clearInterval(timer)
    end()
  }
}
