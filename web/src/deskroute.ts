// The live desk's part of the address: the selected vehicle, the list's filters and the map's place.
import { effect } from '@preact/signals'
import { kindKeys } from './fleet/status'
import { sorts } from './fleet/view'
import { path } from './route'
import { group, mapPlace, search, select, selected, sort, states } from './state'

function read(): void {
  const query = new URLSearchParams(location.search)
  const id = Number(query.get('vehicle'))
  select(Number.isInteger(id) && id > 0 ? id : null)
  search.value = query.get('search') ?? ''
  group.value = query.get('group')
  const named = (query.get('states') ?? '').split(',')
  states.value = kindKeys.reduce((bits, key, kind) => (named.includes(key) ? bits | (1 << kind) : bits), 0)
  sort.value = sorts.find((s) => s === query.get('sort')) ?? 'state'
  mapPlace.value = parsePlace(query.get('map')) ?? mapPlace.value
}

// parsePlace reads zoom/latitude/longitude.
export function parsePlace(text: string | null): typeof mapPlace.value {
  const [zoom, latitude, longitude] = (text ?? '').split('/').map(Number)
  if (zoom === undefined || latitude === undefined || longitude === undefined) return null
  if (!(zoom >= 0 && zoom <= 24 && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return null
  return { zoom, latitude, longitude }
}

// deskAddress is the address at which the desk shows what it shows now.
export function deskAddress(): string {
  const query: string[] = []
  if (selected.value !== null) query.push(`vehicle=${selected.value}`)
  if (search.value) query.push(`search=${encodeURIComponent(search.value)}`)
  if (group.value !== null) query.push(`group=${encodeURIComponent(group.value)}`)
  const named = kindKeys.filter((_, kind) => states.value & (1 << kind))
  if (named.length > 0) query.push(`states=${named.join(',')}`)
  if (sort.value !== 'state') query.push(`sort=${sort.value}`)
  const place = mapPlace.value
  if (place)
    query.push(`map=${place.zoom.toFixed(2)}/${place.latitude.toFixed(5)}/${place.longitude.toFixed(5)}`)
  return query.length > 0 ? `/?${query.join('&')}` : '/'
}

// keepDeskRoute reads the address and from then on writes it, until the function that it gives is called. A selection
// is a step that Back undoes. An address without a query, as the rail's link has, shows the desk as it was left.
export function keepDeskRoute(): () => void {
  if (location.search) read()
  let before = selected.value
  let reading = false
  const back = () => {
    if (path.value !== '/') return
    reading = true
    const place = mapPlace.value
    read()
    mapPlace.value = place
    before = selected.value
    reading = false
  }
  addEventListener('popstate', back)
  const end = effect(() => {
    const url = deskAddress()
    if (path.value !== '/' || reading || url === location.pathname + location.search) return
    const step = selected.value !== null && before === null
    before = selected.value
    if (step) history.pushState(null, '', url)
    else history.replaceState(null, '', url)
  })
  return () => {
    removeEventListener('popstate', back)
    end()
  }
}
