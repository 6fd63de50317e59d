// What a SIM's form asks for, and what of it the server has to be told.
import type { SIM, SIMBody } from '../../api/sims'
import { bytesShown, bytesTyped } from './budget'

export const simFields = [
  ...(['iccid', 'msisdn', 'imsi', 'operator', 'apn', 'plan', 'state'] as const),
  ...(['device_id', 'budget_bytes', 'budget_messages', 'pin', 'note'] as const),
]
export type SIMField = (typeof simFields)[number]

// shownOf is what a field shows of a SIM. A PIN is never shown: the server does not tell it.
export function shownOf(field: SIMField, sim: SIM | null): string {
  if (field === 'pin') return ''
  const value = sim?.[field]
  if (value === null || value === undefined) return ''
  return field === 'budget_bytes' ? bytesShown(Number(value)) : String(value)
}

// simChanges is what was filled in or changed. 0 takes a budget or the device away; an ICCID never changes.
export function simChanges(sim: SIM | null, entry: (field: SIMField) => string): SIMBody {
  const body: Record<string, unknown> = {}
  for (const field of simFields) {
    const given = entry(field).trim()
    if (given === shownOf(field, sim) || (sim && field === 'iccid')) continue
    body[field] = written(field, given)
  }
  return body as SIMBody
}

function written(field: SIMField, given: string): unknown {
  if (field === 'budget_bytes') return bytesTyped(given) ?? 0
  if (field === 'device_id' || field === 'budget_messages') return Number(given || 0)
  if (field === 'iccid' || field === 'imsi') return given.replaceAll(/[\s-]/g, '')
  return given
}
