// What pointers and keys do to the map: hover, select, open clusters and heaps, measure.
import type { Map as MapLibre, MapMouseEvent } from 'maplibre-gl'
import { fleet, hovered, select, shown } from '../state'
import { toggleWatched } from '../watched'
import { showAll } from './camera'
import { hoverPlace, overlap, padding } from './chosen'
import { type Clusters, clustersBelow } from './clusters'
import { addPoint, measuring, movePoint, type Point, pointAt, removePoint } from './measure'
import { type Found, pick } from './pick'
import { Screen } from './screen'

const reach = { mouse: 12, touch: 24 } // CSS pixels
const stacked = 7 // vehicles closer than this to the one clicked cannot be told apart
const fanned = 24 // vehicles that can be fanned out at once
const farthestFan = 9 // zoom below which the nearest is meant

const pointOf = (event: MapMouseEvent): Point => {
  const { lng, lat } = event.lngLat.wrap()
  return { longitude: lng, latitude: lat }
}
const isTouch = (event: MapMouseEvent) => (event.originalEvent as PointerEvent).pointerType === 'touch'

export function listenToPointer(map: MapLibre, clusters: Clusters, progress: () => number): void {
  const find = (event: MapMouseEvent, far: number): Found[] =>
    pick(fleet, shown.value, new Screen(map), event.point, far, progress(), clusters.hides)
  const canvas = map.getCanvas()
  map.on('mousemove', (event) => {
    if (measuring.value) {
      canvas.style.cursor = pointAt(new Screen(map), event.point, reach.mouse) >= 0 ? 'move' : 'crosshair'
      return
    }
    const [nearest] = find(event, reach.mouse)
    hovered.value = nearest ? fleet.ids[nearest.slot]! : null
    canvas.style.cursor = nearest || clusters.at(new Screen(map), event.point) >= 0 ? 'pointer' : ''
  })
  map.on('mouseout', () => {
    hovered.value = null
  })
  map.on('movestart', () => {
    overlap.value = null
  })
  map.on('click', (event) => {
    if (measuring.value) {
      addPoint(pointOf(event))
      return
    }
    const cluster = clusters.at(new Screen(map), event.point)
    if (cluster >= 0) showAll(map, clusters.members(cluster), clustersBelow)
    else choose(map, event, find(event, isTouch(event) ? reach.touch : reach.mouse))
  })
  dragPoints(map)
  measureByKey(map)
}

// choose selects the vehicle that was clicked on, or fans out those that lie on each other.
function choose(map: MapLibre, event: MapMouseEvent, found: Found[]): void {
  const here = found.filter((f) => f.distance < (found[0]?.distance ?? 0) + stacked)
  overlap.value = null
  const [first] = here
  if (!first) return
  const id = fleet.ids[first.slot]!
  if (event.originalEvent.shiftKey) toggleWatched(id)
  else if (here.length > 1 && map.getZoom() >= farthestFan) {
    const ids = here.slice(0, fanned).map((f) => fleet.ids[f.slot]!)
    hovered.value = null
    const { x, y } = event.point
    const right = map.getCanvas().clientWidth - padding.peek().right - x
    overlap.value = { ids, count: here.length, x, y, left: x, right }
  } else select(id)
}

// dragPoints lets the points of a measured line be moved.
function dragPoints(map: MapLibre): void {
  let held = -1
  const take = (event: MapMouseEvent, far: number) => {
    held = measuring.value ? pointAt(new Screen(map), event.point, far) : -1
    if (held >= 0) event.preventDefault()
  }
  const move = (event: MapMouseEvent) => {
    if (held >= 0) movePoint(held, pointOf(event))
  }
  const drop = () => {
    held = -1
  }
  map.on('mousedown', (event) => take(event, reach.mouse))
  map.on('mousemove', move)
  map.on('mouseup', drop)
  map.on('touchstart', (event) => {
    if (event.points.length === 1) take(event as unknown as MapMouseEvent, reach.touch)
  })
  map.on('touchmove', (event) => move(event as unknown as MapMouseEvent))
  map.on('touchend', drop)
}

// measureByKey sets points in the middle of the map, which the arrows move.
function measureByKey(map: MapLibre): void {
  map.getCanvas().addEventListener('keydown', (event) => {
    if (!measuring.value) return
    if (event.key === 'Enter' || event.key === ' ') {
      const { lng, lat } = map.getCenter().wrap()
      addPoint({ longitude: lng, latitude: lat })
    } else if (event.key === 'Backspace' || event.key === 'Delete') removePoint()
    else return
    event.preventDefault()
    event.stopPropagation()
  })
}

// placeHover notes where the vehicle under the pointer, or under that in the list, is on the screen.
export function placeHover(screen: Screen, progress: number): void {
  const id = hovered.value
  const slot = id === null ? -1 : fleet.slot(id)
  if (id === null || slot < 0 || !fleet.located(slot)) {
    if (hoverPlace.value) hoverPlace.value = null
    return
  }
  const [mx, my] = [fleet.shownX(slot, progress), fleet.shownY(slot, progress)]
  const [x, y] = [Math.round(screen.x(mx, my)), Math.round(screen.y(mx, my))]
  const before = hoverPlace.value
  if (before?.x === x && before.y === y && before.id === id) return
  const within = screen.holds(x, y)
  hoverPlace.value = within ? { id, x, y, right: x > screen.width - 280, low: y < 130 } : null
}
