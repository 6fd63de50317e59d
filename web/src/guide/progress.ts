// How far a new device has come. Each step implies those before it.
import { signal } from '@preact/signals'
import type { Knock } from '../api'
import type { Fleet } from '../fleet/store'

export const steps = ['added', 'called', 'located'] as const
export type Step = (typeof steps)[number]

export interface Added {
  identity: string
  name: string
  vehicle: number | null // its id, if the server said it
  first: boolean // there was no vehicle before it
}

// adding is the device that is being waited for.
export const adding = signal<Added | null>(null)

// slotOf finds the new device's vehicle: by id, by identity, or by the name it was given.
export function slotOf(fleet: Fleet, { identity, name, vehicle }: Added): number {
  if (vehicle !== null) return fleet.slot(vehicle)
  const byIdentity = fleet.identities.indexOf(identity)
  return byIdentity >= 0 ? byIdentity : fleet.names.indexOf(name || identity)
}

// reached is the last step that the device has reached.
export function reached(fleet: Fleet, added: Added, online: boolean): Step {
  const slot = slotOf(fleet, added)
  if (slot >= 0 && fleet.located(slot)) return 'located'
  if (online || (slot >= 0 && !Number.isNaN(fleet.fixedAt[slot]!))) return 'called'
  return 'added'
}

// knockOf is the call that a device of this identity made before it was known.
export const knockOf = (knocks: Knock[], identity: string): Knock | undefined =>
  knocks.find((knock) => knock.identity === identity && identity !== '')
