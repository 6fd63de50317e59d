// How many SIMs and modems need somebody, and how many SMS of unknown senders nobody has looked at: the numbers at the
// rail.
import { computed, signal } from '@preact/signals'
import { type Modem, readModems } from './api/modems'
import { readQuarantine, readSims } from './api/sims'
import { onNotice } from './notices'
import { user } from './state'

const pause = 120_000 // ms between two questions if no notice comes
const rest = 10_000 // ms between two at least: in a large fleet there are notices all the time

export const simAlarms = signal(0)
export const unseen = signal(0)
export const modemWorries = signal(0)
export const worries = computed(() => simAlarms.value + unseen.value)

let asking = 0 // the number of the last question: what answers an earlier one is old

// readWorries asks anew. What cannot be read stays as it was; a role that may not read it has no worries.
export async function readWorries(signal?: AbortSignal): Promise<void> {
  const asked = signal ?? new AbortController().signal
  const mine = ++asking
  const reads = user.peek()?.operator !== false && user.peek()?.role !== 'viewer'
  const [sims, messages, modems] = await Promise.all([
    readSims({ alarms: true, limit: 100 }, asked).catch(() => null),
    reads ? readQuarantine('', asked).catch(() => null) : { items: [] },
    reads ? readModems(asked).catch(() => null) : [],
  ])
  if (asked.aborted || mine !== asking) return
  if (sims) simAlarms.value = sims.items.length
  if (messages) unseen.value = messages.items.length
  if (modems) modemWorries.value = modems.filter(stuck).length
}

const stuck = ({ phase, balance_low }: Modem) =>
  balance_low || ['hung', 'blocked', 'puk', 'sim_error', 'barred'].includes(phase)

export function watchWorries(): () => void {
  const abort = new AbortController()
  const ask = () => {
    if (!document.hidden) readWorries(abort.signal)
  }
  const timer = setInterval(ask, pause)
  const end = onNotice(['sim', 'sms', 'event', 'modem'], ask, undefined, rest)
  ask()
  return () => {
    abort.abort()
    clearInterval(timer)
    end()
  }
}
