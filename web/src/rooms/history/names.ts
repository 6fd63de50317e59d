// Who the vehicles are. The names of those chosen are read at once; of the whole fleet, page by page.
import { effect, untracked } from '@preact/signals'
import { findVehicles, type ListedVehicle, readVehicle } from './read'
import { fleetSize, mode, names, vehicles, wholeFleet } from './room'

function note(found: ListedVehicle[]): void {
  const known = new Map(names.peek())
  for (const vehicle of found) known.set(vehicle.id, vehicle)
  names.value = known
}

export { note as noteNames }

// keepNames reads the names of whoever is shown.
export function keepNames(): () => void {
  const abort = new AbortController()
  const asked = new Set<number>()
  const stopOne = effect(() => {
    for (const id of vehicles.value) {
      if (asked.has(id) || untracked(() => names.value.has(id))) continue
      asked.add(id)
      readVehicle(id, abort.signal).then(
        (vehicle) => note([vehicle]),
        () => undefined, // its day says what is wrong
      )
    }
  })
  let reading = false
  const stopAll = effect(() => {
    if (reading || (mode.value !== 'fleet' && !wholeFleet.value)) return
    reading = true
    readAll(abort.signal).catch(() => {
      reading = false
    })
  })
  return () => {
    abort.abort()
    stopOne()
    stopAll()
  }
}

async function readAll(abort: AbortSignal): Promise<void> {
  let after = ''
  let count = 0
  do {
    const page = await findVehicles('', 1000, after, abort)
    note(page.items ?? [])
    count += page.items?.length ?? 0
    after = page.next ?? ''
  } while (after)
  fleetSize.value = count
}
