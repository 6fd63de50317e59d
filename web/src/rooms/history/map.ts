// The room's map. This file and what it imports is loaded after the room has painted.
import { computed, effect, signal, untracked } from '@preact/signals'
import { Map as MapLibre, ScaleControl, setWorkerUrl } from 'maplibre-gl'
import worker from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import { units } from '../../format'
import { baseMap } from '../../map/base'
import { layers as mapLayers, night } from '../../map/chosen'
import { Labels, labelsFrom } from '../../map/labels'
import { calm } from '../../map/motion'
import { Overlay } from '../../map/overlay'
import { Screen } from '../../map/screen'
import { baseStyle } from '../../map/style'
import { VehicleLayer } from '../../map/vehicles'
import { paletteOf } from '../../palette'
import { contrast } from '../../theme'
import * as clock from './clock'
import { counted, crowd } from './crowd'
import { addLayers, type Look, markStop, showEnds, showStops, showTracks, showWay } from './layers'
import { around, type Box, boxOf, linesOf } from './line'
import { listenToMap } from './pointer'
import { tracksUrl } from './read'
import * as room from './room'
import { legAt } from './segments'
import { classLimits, speedColours } from './speeds'

setWorkerUrl(worker)

const paper = signal(false) // the map is drawn for printing: by day

export async function openMap(container: HTMLElement, gone: AbortSignal): Promise<room.RoomMap | null> {
  const base = await baseMap()
  if (gone.aborted) return null
  const style = () =>
    baseStyle(base, {
      night: night.value && !paper.value,
      contrast: contrast.value,
      local: mapLayers.value.local,
    })
  const map = new MapLibre({
    container,
    style: untracked(style),
    center: [10, 30],
    zoom: 1.6,
    maxZoom: 19,
    minZoom: 1,
    maxPitch: 0,
    pitchWithRotate: false,
    dragRotate: false,
    fadeDuration: 0,
    attributionControl: { compact: false },
  })
  map.touchZoomRotate.disableRotation()
  map.keyboard.disableRotation()
  const ends = [...draw(map, container), restyle(map, style), scale(map), keepFollowing(map), fitFresh(map)]
  ends.push(listenToMap(map, crowd))
  Object.assign(window, { droverHistory: { map, crowd, clock } }) // for whoever debugs or tests the page
  return {
    close: () => {
      for (const end of ends) end()
      map.remove()
    },
    picture: () => picture(map),
    fit: () => fitWay(map),
    show: (from, to) => show(map, from, to),
    zoom: (by) => (by > 0 ? map.zoomIn() : map.zoomOut()),
  }
}

function look(): Look {
  const dark = night.value && !paper.value
  return {
    palette: paletteOf(dark, contrast.value),
    accent: dark ? '#6db4fb' : '#0f62b5',
    speeds: speedColours(dark),
    limits: classLimits(),
  }
}

// picture draws the map by day and gives it as an address of data.
async function picture(map: MapLibre): Promise<string> {
  paper.value = true
  await Promise.race([map.once('idle'), new Promise((resolve) => setTimeout(resolve, 4000))])
  map.redraw()
  const drawn = map.getCanvas().toDataURL('image/jpeg', 0.9)
  paper.value = false
  return drawn
}

// tilesNow is the address of what is drawn as tiles: long ranges, the whole fleet, and the chosen beside the first.
function tilesNow(): string | null {
  const [from, to] = [clock.from.value, clock.to.value]
  const ids = room.vehicles.value
  if (room.mode.value !== 'day') return tracksUrl(ids, from, to)
  return ids.length > 1 ? tracksUrl(ids.slice(1), from, to) : null
}

function draw(map: MapLibre, container: HTMLElement): (() => void)[] {
  const layer = new VehicleLayer(
    crowd.fleet,
    () => false,
    () => false,
  )
  const labels = new Labels(crowd.fleet)
  const overlay = new Overlay(container)
  const styled = signal(0) // counts the styles that have come
  const lookNow = () => ({
    shown: crowd.shown,
    selected: room.main.value,
    hovered: null,
    watched: [],
    palette: look().palette,
  })
  map.on('style.load', () => {
    addLayers(map, untracked(look), untracked(tilesNow))
    map.addLayer(layer)
    styled.value++
  })
  map.on('render', () => {
    const screen = new Screen(map)
    const named = map.getZoom() >= labelsFrom || crowd.shown.length <= 12
    const wanted = labels.find(untracked(lookNow), screen, named, 1, () => false)
    if (overlay.begin(screen.width, screen.height, wanted > 0)) {
      labels.draw(overlay.context, untracked(lookNow), screen, layer.radius(map.getZoom()))
    }
  })
  const drawn = (show: () => void) => effect(() => void (styled.value > 0 && show()))
  return [
    effect(() => {
      counted.value
      layer.update(lookNow())
    }),
    drawn(() => {
      const { value: track } = room.track
      showWay(map, track && linesOf(track, classLimits(), clock.from.value, clock.to.value))
      showEnds(map, track, clock.from.value, clock.to.value)
    }),
    drawn(() => showStops(map, room.legs.value)),
    drawn(() => markStop(map, currentStop.value)),
    drawn(() => showTracks(map, look(), tilesNow())),
  ]
}

const currentStop = computed(() => {
  const { value: legs } = room.legs
  return legs[legAt(legs, clock.shownAt.value)]?.number ?? 0
})

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

function keepFollowing(map: MapLibre): () => void {
  map.on('dragstart', () => {
    room.follow.value = false
  })
  return effect(() => {
    counted.value
    const id = room.main.value
    const slot = room.follow.value && id !== null ? crowd.fleet.slot(id) : -1
    if (slot < 0 || !crowd.fleet.located(slot)) return
    const center: [number, number] = [crowd.fleet.longitude[slot]! / 1e7, crowd.fleet.latitude[slot]! / 1e7]
    map.jumpTo({ center, zoom: Math.max(map.getZoom(), 13) })
  })
}

// inset keeps what is shown clear of the panels that cover the map on a phone.
function inset(map: MapLibre, room: number) {
  const bounds = map.getContainer().getBoundingClientRect()
  const panel = document.querySelector('.history > .panel')?.getBoundingClientRect()
  const head = document.querySelector('.history-head')?.getBoundingClientRect()
  const bottom = panel?.height ? Math.max(0, bounds.bottom - panel.top) : 0
  const top = head ? Math.max(0, head.bottom - bounds.top) : 0
  const least = Math.min(room, bounds.height * 0.08)
  const legend = bottom > 0 ? 60 : 0 // on a phone it lies at the top
  if (top + bottom > bounds.height * 0.85) return least
  return { top: top + least + legend, bottom: bottom + least, left: least, right: least }
}

function crowdBox(): Box | null {
  let box: Box | null = null
  for (const slot of crowd.shown) {
    const [x, y] = [crowd.fleet.longitude[slot]! / 1e7, crowd.fleet.latitude[slot]! / 1e7]
    box = around(box, [x, y, x, y])
  }
  return box
}

function fitWay(map: MapLibre, animate = true): boolean {
  const { value: track } = room.track
  const driven = track && boxOf(track, clock.from.value, clock.to.value)
  const box = room.mode.value === 'long' ? room.extent.value : (driven ?? crowdBox())
  if (!box) return false
  room.follow.value = false
  map.fitBounds(box, {
    padding: inset(map, 50),
    maxZoom: 15,
    animate: animate && !calm.matches,
    duration: 500,
  })
  return true
}

// show brings a stretch of the day into the picture.
function show(map: MapLibre, from: number, to: number): void {
  const { value: track } = room.track
  const box = track && boxOf(track, from, to)
  if (!box) return
  map.fitBounds(box, { padding: inset(map, 70), maxZoom: 15.5, animate: !calm.matches, duration: 500 })
}

// fitFresh shows the whole of what was chosen as soon as it is there.
function fitFresh(map: MapLibre): () => void {
  let shown = ''
  return effect(() => {
    counted.value
    const { value: extent } = room.extent
    const what = `${room.vehicles.value} ${clock.from.value} ${clock.to.value} ${extent}`
    const ready = room.mode.value !== 'day' || room.track.value !== null
    if (what !== shown && ready && untracked(() => fitWay(map, shown !== ''))) shown = what
  })
}
