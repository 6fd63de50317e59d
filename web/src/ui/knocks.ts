// Unknown devices that called, kept up to date while an administrator looks.
import { effect, signal } from '@preact/signals'
import { api, type Knock } from '../api'
import { dialog, fleet, ready } from '../state'

export const knocks = signal<Knock[]>([])
export const knocksProblem = signal('')

export async function readKnocks(): Promise<void> {
  try {
    const answer = await api.knocks()
    knocks.value = (answer.items ?? []).sort((a, b) => Date.parse(b.last) - Date.parse(a.last))
    knocksProblem.value = ''
  } catch (error) {
    knocksProblem.value = (error as Error).message
  }
}

// watchKnocks asks every 4 s while the list is in sight, otherwise every 30 s.
export function watchKnocks(): () => void {
  let askedAt = 0
  const look = () => {
    const seen = dialog.value === 'devices' || (ready.value && fleet.named === 0)
    if (document.hidden || Date.now() - askedAt < (seen ? 4000 : 30_000)) return
    askedAt = Date.now()
    readKnocks()
  }
  const timer = setInterval(look, 1000)
  const end = effect(() => {
    if (dialog.value === 'devices') askedAt = 0
    look()
  })
  return () => {
    clearInterval(timer)
    end()
    knocks.value = []
  }
}
