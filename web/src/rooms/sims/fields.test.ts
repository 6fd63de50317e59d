import { expect, test } from 'vitest'
import type { SIM } from '../../api/sims'
import { type SIMField, shownOf, simChanges } from './fields'

const sim: SIM = {
  ...{ id: 1, iccid: '8933150319010000017', imsi: '', msisdn: '+33612345678', operator: 'Free', apn: 'free' },
  ...{
    plan: '',
    state: 'active',
    has_pin: true,
    instead: null,
    device_id: 4,
    device: '352093081452251',
    vehicle_id: 4,
    vehicle: 'Van 4',
    modem: null,
  },
  ...{ budget_bytes: 50e6, budget_messages: 100, note: '', alarms: [], seen_in: [], revision: 3 },
  month: { bytes_in: 0, bytes_out: 0, frames: 0, sms_in: 0, sms_out: 0 },
}
const filled = (of: SIM | null, more: Partial<Record<SIMField, string>>) => (field: SIMField) =>
  more[field] ?? shownOf(field, of)

test('only what was changed is told', () => {
  expect(simChanges(sim, filled(sim, {}))).toEqual({})
  expect(simChanges(sim, filled(sim, { budget_bytes: '1 GB', note: ' x ' }))).toEqual({
    budget_bytes: 1e9,
    note: 'x',
  })
  expect(simChanges(sim, filled(sim, { budget_messages: '', device_id: '' }))).toEqual({
    budget_messages: 0,
    device_id: 0,
  })
})

test('a PIN is never shown, and told only when it was typed', () => {
  expect(shownOf('pin', sim)).toBe('')
  expect(simChanges(sim, filled(sim, { pin: '1234' }))).toEqual({ pin: '1234' })
})

test('a new SIM is all that was filled in; an ICCID may be typed as it is printed', () => {
  expect(simChanges(null, filled(null, { iccid: '89331 5031 9010-000017', state: 'stock' }))).toEqual({
    iccid: '8933150319010000017',
    state: 'stock',
  })
})
