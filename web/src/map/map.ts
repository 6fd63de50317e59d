// The map and everything on it. This file and what it imports is loaded after the page has painted.
import { effect } from '@preact/signals'
import { Map as MapLibre, type MapMouseEvent, ScaleControl, setWorkerUrl } from 'maplibre-gl'
import worker from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import { inView } from '../desk'
import { mapKeys } from '../keyboard'
import { fleet, follow, hovered, mapPlace, ready, select, selected, shown } from '../state'
import { dark, palette } from '../theme'
import { trail } from '../trail'
import { boundsOf } from './bounds'
import { hoverPlace, overlap, padding } from './chosen'
import { Labels } from './labels'
import { type Found, pick } from './pick'
import { Screen } from './screen'
import { baseStyle } from './style'
import { addTrail, showTrail } from './trail'
import { type Look, VehicleLayer } from './vehicles'

setWorkerUrl(worker)

const farthestIn = 19
const reach = { mouse: 12, touch: 24 } // CSS pixels
const stacked = 7 // vehicles closer than this to the one clicked cannot be told apart
const calm = matchMedia('(prefers-reduced-motion: reduce)')

// openMap draws the fleet into an element and gives a function that ends it.
export function openMap(container: HTMLElement): () => void {
  const start = mapPlace.value
  const map = new MapLibre({
    container,
    style: baseStyle(dark.value),
    center: start ? [start.longitude, start.latitude] : [10, 30],
    zoom: start?.zoom ?? 1.6,
    maxZoom: farthestIn,
    minZoom: 1,
    maxPitch: 0,
    pitchWithRotate: false,
    dragRotate: false,
    fadeDuration: calm.matches ? 0 : 150,
    attributionControl: { compact: false },
    renderWorldCopies: true,
  })
  map.touchZoomRotate.disableRotation()
  map.keyboard.disableRotation()
  map.addControl(new ScaleControl({ maxWidth: 90 }), 'bottom-right')
  const smooth = () => !calm.matches && !software(map)
  const layer = new VehicleLayer(fleet, smooth)
  const labels = new Labels(container, fleet)
  const look = (): Look => ({
    shown: shown.value,
    selected: selected.value,
    hovered: hovered.value,
    palette: palette.value,
  })
  let latest = look()
  const progress = () => (smooth() ? fleet.progress(performance.now()) : 1)

  map.on('style.load', () => {
    map.addLayer(layer)
    addTrail(map, palette.value, layer.id)
    showTrail(map, trail.value)
  })
  map.on('render', () => {
    labels.draw(latest, new Screen(map), map.getZoom(), progress(), layer.radius(map.getZoom()))
    placeHover(map, progress())
  })
  map.on('moveend', () => notePlace(map))
  listenToPointer(map, progress)

  const ends = [
    effect(() => {
      fleet.version.value
      latest = look()
      layer.update(latest)
    }),
    effect(() => {
      const points = trail.value
      if (map.isStyleLoaded() || map.getSource('trail')) showTrail(map, points)
    }),
    restyle(map),
    keepFollowing(map, smooth),
    showSelected(map),
    fitOnce(map, start !== null),
    effect(() => {
      map.setPadding(padding.value)
    }),
  ]
  mapKeys.value = {
    fit: () => fitFleet(map, true),
    zoom: (by) => (by > 0 ? map.zoomIn() : map.zoomOut()),
  }
  Object.assign(window, { drover: { map, fleet } }) // for whoever debugs or tests the page
  return () => {
    for (const end of ends) end()
    mapKeys.value = null
    hoverPlace.value = null
    map.remove()
  }
}

// A renderer in software is quick enough for a frame a second, not for sixty.
const renderers = new WeakMap<MapLibre, boolean>()
function software(map: MapLibre): boolean {
  const known = renderers.get(map)
  if (known !== undefined) return known
  const gl = map.getCanvas().getContext('webgl2')
  const info = gl?.getExtension('WEBGL_debug_renderer_info')
  const name = info ? String(gl!.getParameter(info.UNMASKED_RENDERER_WEBGL)) : ''
  const is = /swiftshader|llvmpipe|software/i.test(name)
  renderers.set(map, is)
  return is
}

function restyle(map: MapLibre): () => void {
  let drawn = dark.value
  return effect(() => {
    if (dark.value === drawn) return
    drawn = dark.value
    map.setStyle(baseStyle(drawn), { diff: false })
  })
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

function fitFleet(map: MapLibre, animate: boolean): void {
  follow.value = false
  const box = boundsOf(fleet, shown.value)
  if (!box) return
  const corners: [number, number, number, number] = [box.west, box.south, box.east, box.north]
  map.fitBounds(corners, { padding: 60, maxZoom: 11.5, animate: animate && !calm.matches, duration: 700 })
}

// fitOnce shows the whole fleet as soon as it is known, unless the address said what to show.
function fitOnce(map: MapLibre, placed: boolean): () => void {
  let done = placed
  return effect(() => {
    fleet.version.value
    if (done || !ready.value || fleet.named === 0) return
    done = true
    const slot = selected.value === null ? -1 : fleet.slot(selected.value)
    if (slot >= 0 && fleet.located(slot)) map.jumpTo({ center: lngLat(slot), zoom: 12 })
    else fitFleet(map, false)
    notePlace(map)
  })
}

const lngLat = (slot: number): [number, number] => [fleet.longitude[slot]! / 1e7, fleet.latitude[slot]! / 1e7]

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
    const [x, y] = [screen.x(fleet.x[slot]!), screen.y(fleet.y[slot]!)]
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
  map.on('dragstart', () => {
    follow.value = false
  })
  let was = false
  return effect(() => {
    fleet.version.value
    const slot = follow.value && selected.value !== null ? fleet.slot(selected.value) : -1
    if (slot < 0 || !fleet.located(slot)) {
      was = false
      return
    }
    const closer = was ? {} : { zoom: Math.max(map.getZoom(), 12) }
    if (smooth()) {
      const duration = was ? fleet.glide : 600
      map.easeTo({ center: lngLat(slot), duration, easing: was ? (t) => t : (t) => t * (2 - t), ...closer })
    } else map.jumpTo({ center: lngLat(slot), ...closer })
    was = true
  })
}

function listenToPointer(map: MapLibre, progress: () => number): void {
  const find = (event: MapMouseEvent, far: number): Found[] =>
    pick(fleet, shown.value, new Screen(map), event.point, far, progress())
  map.on('mousemove', (event) => {
    const [nearest] = find(event, reach.mouse)
    hovered.value = nearest ? fleet.ids[nearest.slot]! : null
    map.getCanvas().style.cursor = nearest ? 'pointer' : ''
  })
  map.on('mouseout', () => {
    hovered.value = null
  })
  map.on('movestart', () => {
    overlap.value = null
  })
  map.on('click', (event) => {
    const touch = (event.originalEvent as PointerEvent).pointerType === 'touch'
    const found = find(event, touch ? reach.touch : reach.mouse)
    const here = found.filter((f) => f.distance < (found[0]?.distance ?? 0) + stacked)
    overlap.value = null
    if (here.length > 1 && map.getZoom() >= 9) {
      overlap.value = {
        ids: here.slice(0, 12).map((f) => fleet.ids[f.slot]!),
        count: here.length,
        ...event.point,
      }
    } else if (here[0]) select(fleet.ids[here[0].slot]!)
  })
}

function placeHover(map: MapLibre, progress: number): void {
  const slot = hovered.value === null ? -1 : fleet.slot(hovered.value)
  if (slot < 0 || !fleet.located(slot)) {
    if (hoverPlace.value) hoverPlace.value = null
    return
  }
  const screen = new Screen(map)
  const x = Math.round(screen.x(fleet.shownX(slot, progress)))
  const y = Math.round(screen.y(fleet.shownY(slot, progress)))
  const before = hoverPlace.value
  if (before?.x === x && before.y === y && before.id === hovered.value) return
  hoverPlace.value = screen.holds(x, y) ? { id: hovered.value!, x, y, right: x > screen.width - 230 } : null
}
