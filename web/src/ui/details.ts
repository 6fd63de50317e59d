// The selected vehicle as the API tells it: read at the selection and again when a newer fix has come.
import { effect, signal } from '@preact/signals'
import { api, Problem, type VehicleDetail } from '../api'
import { fleet, selected } from '../state'

const pause = 2000 // ms between two questions

export const detail = signal<VehicleDetail | null>(null)
export const detailProblem = signal('')

export function keepDetail(): () => void {
  let abort = new AbortController()
  let asked = { id: 0, fixedAt: 0, at: 0 }

  function ask(id: number, fixedAt: number): void {
    abort.abort()
    abort = new AbortController()
    asked = { id, fixedAt, at: Date.now() }
    api.vehicle(id, abort.signal).then(
      (answer) => {
        detail.value = answer
        detailProblem.value = ''
      },
      (error: unknown) => {
        if (error instanceof Problem) detailProblem.value = error.message
      },
    )
  }

  const end = effect(() => {
    fleet.version.value
    const id = selected.value
    if (id === null) return
    const slot = fleet.slot(id)
    const fixedAt = slot < 0 ? 0 : fleet.fixedAt[slot]! || 0
    if (id !== asked.id) {
      detail.value = null
      detailProblem.value = ''
      ask(id, fixedAt)
    } else if (fixedAt !== asked.fixedAt && Date.now() - asked.at > pause) ask(id, fixedAt)
  })
  return () => {
    end()
    abort.abort()
    detail.value = null
  }
}
