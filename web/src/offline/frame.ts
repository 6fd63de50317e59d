// The fleet as the frame and the names that would bring it back.
import type { Fleet, VehicleName } from '../fleet/store'
import { ageSeconds, type Frame } from '../live/frame'

const oldest = 255 // the last code of an age

// ageCode is the code of the step in which an age of so many seconds lies.
export function ageCode(seconds: number): number {
  let low = 0
  let high = oldest
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (ageSeconds(middle) <= seconds) low = middle
    else high = middle - 1
  }
  return low
}

export function frameOf(fleet: Fleet): Frame {
  const { count } = fleet
  const age = new Uint8Array(count)
  for (let slot = 0; slot < count; slot++) age[slot] = ageCode(fleet.age(slot) || 0)
  return {
    kind: 'snapshot',
    serverTime: fleet.serverNow(),
    count,
    ids: fleet.ids.slice(0, count),
    longitude: fleet.longitude.slice(0, count),
    latitude: fleet.latitude.slice(0, count),
    speed: fleet.speed.slice(0, count),
    heading: fleet.heading.slice(0, count),
    state: fleet.state.slice(0, count),
    age,
  }
}

export function namesOf(fleet: Fleet): VehicleName[] {
  const names: VehicleName[] = []
  for (let slot = 0; slot < fleet.count; slot++) {
    if (!fleet.names[slot]) continue
    names.push({
      id: fleet.ids[slot]!,
      name: fleet.names[slot]!,
      plate: fleet.plates[slot]!,
      group: fleet.groups[slot]!,
      driver: fleet.drivers[slot]!,
      identity: fleet.identities[slot]!,
      phone: fleet.phones[slot]!,
    })
  }
  return names
}
