// The map and everything on it. This file and what it imports is loaded after the page has painted.
import { effect, untracked } from '@preact/signals'
import { Map as MapLibre, ScaleControl, setWorkerUrl } from 'maplibre-gl'
import worker from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import { distance } from '../format'
import { mapKeys } from '../keyboard'
import { units } from '../preferences'
import { fleet, hovered, mapPlace, selected, shown } from '../state'
import { contrast } from '../theme'
import { trails } from '../trail'
import { watched } from '../watched'
import { baseMap } from './base'
import { drawBubbles } from './bubbles'
import { fitFleet, keepCamera } from './camera'
import { bearing, hoverPlace, layers, mapControls, mapPalette, night } from './chosen'
import { Clusters } from './clusters'
import { Labels, labelsFrom } from './labels'
import { drawMeasure, measuring } from './measure'
import { calm, isSoftware } from './motion'
import { Overlay } from './overlay'
import { listenToPointer, placeHover } from './pointer'
import { Screen } from './screen'
import { baseStyle } from './style'
import { TrailLayer } from './trail'
import { type Look, VehicleLayer } from './vehicles'

setWorkerUrl(worker)

const farthestIn = 19

// openMap draws the fleet into an element and gives a function that ends it. It begins when the server has said which
// base map there is.
export async function openMap(container: HTMLElement, gone: AbortSignal): Promise<void> {
  const base = await baseMap()
  if (gone.aborted) return
  const style = () =>
    baseStyle(base, { night: night.value, contrast: contrast.value, local: layers.value.local })
  const start = mapPlace.peek()
  const map = new MapLibre({
    container,
    style: untracked(style),
    center: start ? [start.longitude, start.latitude] : [10, 30],
    zoom: start?.zoom ?? 1.6,
    maxZoom: farthestIn,
    minZoom: 1,
    maxPitch: 0,
    pitchWithRotate: false,
    touchPitch: false,
    fadeDuration: calm.matches ? 0 : 150,
    attributionControl: { compact: false },
    renderWorldCopies: true,
  })
  const ends = [restyle(map, style), scale(map), draw(map, container), takeKeys(map)]
  gone.addEventListener('abort', () => {
    for (const end of ends) end()
    hoverPlace.value = null
    map.remove()
  })
}

// draw puts the vehicles and what belongs to them on the map.
function draw(map: MapLibre, container: HTMLElement): () => void {
  const software = isSoftware(map)
  const smooth = () => !calm.matches && !software
  const progress = () => (smooth() ? fleet.progress(performance.now()) : 1)
  const clusters = new Clusters(fleet)
  const vehicles = new VehicleLayer(fleet, smooth, clusters.hides)
  const trailLayer = new TrailLayer(fleet, smooth)
  const labels = new Labels(fleet)
  const overlay = new Overlay(container)
  let look = lookNow()

  const regroup = () => clusters.update(look, layers.peek().clusters, map.getZoom())
  map.on('style.load', () => {
    map.addLayer(trailLayer)
    map.addLayer(vehicles)
  })
  map.on('zoom', () => {
    if (!clusters.outdated(map.getZoom())) return
    regroup()
    vehicles.update(look)
  })
  map.on('render', () => {
    const screen = new Screen(map)
    const zoom = map.getZoom()
    placeHover(screen, progress())
    const named = layers.peek().labels && zoom >= labelsFrom
    const wanted = labels.find(look, screen, named, progress(), clusters.hides)
    const anything = wanted > 0 || clusters.count > 0 || measuring.peek() !== null
    if (!overlay.begin(screen.width, screen.height, anything)) return
    if (clusters.count > 0) drawBubbles(overlay.context, clusters, screen, look.palette)
    labels.draw(overlay.context, look, screen, vehicles.radius(zoom))
    if (measuring.peek()) drawMeasure(overlay.context, screen, look.palette, distance)
  })
  listenToPointer(map, clusters, progress)

  const ends = [
    effect(() => {
      fleet.version.value
      layers.value
      look = lookNow()
      regroup()
      vehicles.update(look)
    }),
    effect(() => {
      fleet.version.value
      trailLayer.update(layers.value.trails ? trailsNow() : [], mapPalette.value)
    }),
    effect(() => {
      measuring.value
      units.value
      map.triggerRepaint()
    }),
    keepCamera(map, smooth, mapPlace.peek() !== null),
  ]
  const gpuBytes = () => vehicles.gpuBytes + trailLayer.gpuBytes
  Object.assign(window, { drover: { map, fleet, gpuBytes } }) // for whoever debugs or tests the page
  return () => {
    for (const end of ends) end()
  }
}

const lookNow = (): Look => ({
  shown: shown.value,
  selected: selected.value,
  hovered: hovered.value,
  watched: watched.value,
  palette: mapPalette.value,
})

function trailsNow() {
  const found = [...trails.value].map(([id, points]) => ({
    id,
    points,
    colour: id === selected.value && !watched.value.includes(id) ? -1 : watched.value.indexOf(id),
  }))
  return found.sort((a, b) => Number(a.id === selected.value) - Number(b.id === selected.value))
}

function restyle(map: MapLibre, style: () => ReturnType<typeof baseStyle>): () => void {
  let drawn = JSON.stringify(untracked(style))
  return effect(() => {
    const next = style()
    const text = JSON.stringify(next)
    if (text === drawn) return
    drawn = text
    map.setStyle(next, { diff: false })
  })
}

function scale(map: MapLibre): () => void {
  const control = new ScaleControl({ maxWidth: 90 })
  map.addControl(control, 'bottom-right')
  return effect(() => control.setUnit(units.value))
}

function takeKeys(map: MapLibre): () => void {
  mapKeys.value = {
    fit: () => fitFleet(map),
    zoom: (by) => (by > 0 ? map.zoomIn() : map.zoomOut()),
    show: (longitude, latitude) =>
      map.jumpTo({ center: [longitude, latitude], zoom: Math.max(15, map.getZoom()) }),
  }
  mapControls.value = {
    north: () => map.resetNorth({ animate: !calm.matches }),
    centre: () => {
      const { lng, lat } = map.getCenter().wrap()
      return { longitude: lng, latitude: lat }
    },
  }
  return () => {
    mapKeys.value = null
    mapControls.value = null
    bearing.value = 0
  }
}
