import { expect, test } from 'vitest'
import type { Offer } from '../../api/console'
import { goesBy, lineOf } from './way'

const offer = (more: Partial<Offer>): Offer => ({
  ...{ data: ['custom'], sms: ['custom'], online: false, phone: '+88299000000007', sms_ready: true },
  ...{ reason: '', cut_speed_kmh: 20, templates: [] },
  ...more,
})

test.each([
  [{ online: true }, 'data'],
  [{}, 'sms'],
  [{ sms: [] }, 'wake'],
  [{ phone: '' }, 'login'],
  [{ sms_ready: false }, 'login'],
] as const)('of a device with %j the best line is %s', (more, line) => {
  expect(lineOf(offer({ ...more } as Partial<Offer>), 'auto')).toBe(line)
})

test('the server’s reason stands beside the way that is left', () => {
  expect(goesBy(offer({ sms_ready: false, reason: 'modem north is barred' }), 'auto', false)).toContain(
    'north is barred',
  )
  expect(goesBy(offer({ online: true, sms_ready: false, reason: 'no modem' }), 'auto', false)).not.toContain(
    'no modem',
  )
  expect(goesBy(offer({ phone: '' }), 'login', false)).toContain('no phone number')
})
