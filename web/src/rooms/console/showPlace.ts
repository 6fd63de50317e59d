import { mapKeys } from '../../keyboard'
import { go, path } from '../../route'
import { mapPlace, select } from '../../state'
import type { Place } from './entries'

// showPlace shows a place that a vehicle told on the live map, with the vehicle selected.
export function showPlace(vehicle: number | null, { latitude, longitude }: Place): void {
  if (vehicle !== null) select(vehicle)
  if (path.peek() === '/' && mapKeys.peek()) {
    mapKeys.peek()!.show(longitude, latitude)
    return
  }
  mapPlace.value = { zoom: 15, latitude, longitude }
  go('/')
}
