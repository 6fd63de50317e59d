// The address holds what is shown, so that a view can be kept, shared and gone back to.
import { effect } from '@preact/signals'
import { statusKeys } from './fleet/status'
import { sorts } from './fleet/view'
import { mapPlace, search, select, selected, sort, states } from './state'

function read(): void {
  const query = new URLSearchParams(location.search)
  const id = Number(query.get('vehicle'))
  select(Number.isInteger(id) && id > 0 ? id : null)
  search.value = query.get('search') ?? ''
  const named = (query.get('states') ?? '').split(',')
  states.value = statusKeys.reduce(
    (bits, key, status) => (named.includes(key) ? bits | (1 << status) : bits),
    0,
  )
  sort.value = sorts.find((s) => s === query.get('sort')) ?? 'state'
  mapPlace.value = parsePlace(query.get('map'))
}

// parsePlace reads zoom/latitude/longitude.
export function parsePlace(text: string | null): typeof mapPlace.value {
  const [zoom, latitude, longitude] = (text ?? '').split('/').map(Number)
  if (zoom === undefined || latitude === undefined || longitude === undefined) return null
  if (!(zoom >= 0 && zoom <= 24 && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return null
  return { zoom, latitude, longitude }
}

function write(): string {
  const query: string[] = []
  if (selected.value !== null) query.push(`vehicle=${selected.value}`)
  if (search.value) query.push(`search=${encodeURIComponent(search.value)}`)
  const named = statusKeys.filter((_, status) => states.value & (1 << status))
  if (named.length > 0) query.push(`states=${named.join(',')}`)
  if (sort.value !== 'state') query.push(`sort=${sort.value}`)
  const place = mapPlace.value
  if (place)
    query.push(`map=${place.zoom.toFixed(2)}/${place.latitude.toFixed(5)}/${place.longitude.toFixed(5)}`)
  return query.length > 0 ? `/?${query.join('&')}` : '/'
}

// keepRoute reads the address and from then on writes it. A selection is a step that Back undoes.
export function keepRoute(): void {
  read()
  let before = selected.value
  let reading = false
  addEventListener('popstate', () => {
    reading = true
    const place = mapPlace.value
    read()
    mapPlace.value = place
    before = selected.value
    reading = false
  })
  effect(() => {
    const url = write()
    if (reading || url === location.pathname + location.search) return
    const step = selected.value !== null && before === null
    before = selected.value
    if (step) history.pushState(null, '', url)
    else history.replaceState(null, '', url)
  })
}
