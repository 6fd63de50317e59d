// Where the map looks: the whole fleet, the selected vehicle, whoever is followed.
import { effect } from '@preact/signals'
import type { Map as MapLibre } from 'maplibre-gl'
import { inView } from '../desk'
import { fleet, follow, mapPlace, ready, selected, shown } from '../state'
import { boundsOf } from './bounds'
import { bearing, padding } from './chosen'
import { calm } from './motion'
import { Screen } from './screen'

const lngLat = (slot: number): [number, number] => [fleet.longitude[slot]! / 1e7, fleet.latitude[slot]! / 1e7]

// keepCamera joins the map's view to what the page knows, and gives a function that ends it. placed says that the
// address has told what to show.
export function keepCamera(map: MapLibre, smooth: () => boolean, placed: boolean): () => void {
  map.on('moveend', () => notePlace(map))
  map.on('rotate', () => {
    bearing.value = map.getBearing()
  })
  map.on('dragstart', () => {
    follow.value = false
  })
  const ends = [
    keepFollowing(map, smooth),
    showSelected(map),
    fitOnce(map, placed),
    effect(() => {
      map.setPadding(padding.value)
    }),
  ]
  return () => {
    for (const end of ends) end()
  }
}

function notePlace(map: MapLibre): void {
  const { lng, lat } = map.getCenter().wrap()
  mapPlace.value = { zoom: map.getZoom(), latitude: lat, longitude: lng }
  const box = map.getBounds()
  const width = box.getEast() - box.getWest()
  const tall = box.getNorth() - box.getSouth()
  const [west, east] = [box.getWest() - width / 4, box.getEast() + width / 4]
  const wrap = (lng: number) => ((((lng + 180) % 360) + 360) % 360) - 180
  const round = east - west >= 360
  inView.value = [
    round ? -180 : wrap(west),
    Math.max(-90, box.getSouth() - tall / 4),
    round ? 180 : wrap(east),
    Math.min(90, box.getNorth() + tall / 4),
  ]
}

export function fitFleet(map: MapLibre, animate = true): void {
  follow.value = false
  showAll(map, shown.value, 11.5, animate)
}

// showAll shows the located ones of the slots.
export function showAll(map: MapLibre, slots: Uint32Array, maxZoom: number, animate = true): void {
  const box = boundsOf(fleet, slots)
  if (!box) return
  const corners: [number, number, number, number] = [box.west, box.south, box.east, box.north]
  map.fitBounds(corners, {
    padding: 60,
    maxZoom,
    bearing: map.getBearing(),
    animate: animate && !calm.matches,
    duration: 700,
  })
}

// fitOnce shows the whole fleet as soon as it is known, unless the address said what to show.
function fitOnce(map: MapLibre, placed: boolean): () => void {
  let done = placed
  return effect(() => {
    if (done) return
    fleet.version.value
    if (!ready.value || fleet.named === 0) return
    done = true
    const slot = selected.value === null ? -1 : fleet.slot(selected.value)
    if (slot >= 0 && fleet.located(slot)) map.jumpTo({ center: lngLat(slot), zoom: 12 })
    else fitFleet(map, false)
    notePlace(map)
  })
}

// showSelected brings a vehicle that was selected in the list into the picture.
function showSelected(map: MapLibre): () => void {
  let before = selected.value
  return effect(() => {
    const id = selected.value
    if (id === before) return
    before = id
    const slot = id === null ? -1 : fleet.slot(id)
    if (slot < 0 || !fleet.located(slot)) return
    const screen = new Screen(map)
    const { x, y } = screen.place(fleet.x[slot]!, fleet.y[slot]!)
    const inset = padding.peek()
    const seen =
      x > 40 && y > 60 && x < screen.width - inset.right - 40 && y < screen.height - inset.bottom - 60
    if (seen && map.getZoom() >= 9) return
    const zoom = Math.max(map.getZoom(), 12)
    const near = Math.hypot(x - screen.originX, y - screen.originY) < 3 * screen.width
    if (calm.matches || !near) map.jumpTo({ center: lngLat(slot), zoom })
    else map.easeTo({ center: lngLat(slot), zoom, duration: 600 })
  })
}

function keepFollowing(map: MapLibre, smooth: () => boolean): () => void {
  let was = false
  return effect(() => {
    if (!follow.value || selected.value === null) {
      was = false
      return
    }
    fleet.version.value
    const slot = fleet.slot(selected.value)
    if (slot < 0 || !fleet.located(slot)) return
    const closer = was ? {} : { zoom: Math.max(map.getZoom(), 12) }
    if (smooth()) {
      const duration = was ? fleet.glide : 600
      map.easeTo({ center: lngLat(slot), duration, easing: was ? (t) => t : (t) => t * (2 - t), ...closer })
    } else map.jumpTo({ center: lngLat(slot), ...closer })
    was = true
  })
}
