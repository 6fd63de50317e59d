import { computed, signal } from '@preact/signals'
import { latitudeOf, longitudeOf, mercatorX, mercatorY } from '../fleet/mercator'
import type { Palette } from '../palette'
import type { Screen } from './screen'

export interface Point {
  longitude: number
  latitude: number
}

// measuring is the line that someone measures; null when nobody does.
export const measuring = signal<Point[] | null>(null)

const most = 200 // points
const earthRadius = 6_371_008.8 // m, the mean of WGS 84

export const lengths = computed(() => {
  const points = measuring.value ?? []
  return points.slice(1).map((point, i) => distance(points[i]!, point))
})

export function addPoint(point: Point): void {
  const points = measuring.value
  if (points && points.length < most) measuring.value = [...points, point]
}

export function removePoint(): void {
  if (measuring.value) measuring.value = measuring.value.slice(0, -1)
}

export function movePoint(at: number, to: Point): void {
  if (measuring.value) measuring.value = measuring.value.with(at, to)
}

// distance is the length of the shortest way over the earth, in m.
export function distance(a: Point, b: Point): number {
  const [p, q] = [radians(a.latitude), radians(b.latitude)]
  const half = (x: number) => Math.sin(x / 2) ** 2
  const h = half(q - p) + Math.cos(p) * Math.cos(q) * half(radians(b.longitude - a.longitude))
  return 2 * earthRadius * Math.asin(Math.min(1, Math.sqrt(h)))
}

// way gives the points of the shortest way from a to b, which is bent on the map when it is long.
export function way(a: Point, b: Point): Point[] {
  const angle = distance(a, b) / earthRadius
  const steps = Math.min(64, Math.ceil(angle / 0.01))
  if (steps < 2 || angle > 3.1) return [a, b]
  const [from, to] = [vector(a), vector(b)]
  return Array.from({ length: steps + 1 }, (_, i) => {
    const [f, g] = [Math.sin((1 - i / steps) * angle), Math.sin((i / steps) * angle)]
    const [x, y, z] = from.map((v, n) => v * f + to[n]! * g) as [number, number, number]
    return { longitude: degrees(Math.atan2(y, x)), latitude: degrees(Math.atan2(z, Math.hypot(x, y))) }
  })
}

// pointAt gives the number of the point that is drawn within reach of a place, -1 if none is.
export function pointAt(screen: Screen, place: { x: number; y: number }, reach: number): number {
  const near = (p: Point) => {
    const at = onScreen(screen, p)
    return Math.hypot(at.x - place.x, at.y - place.y) <= reach
  }
  return (measuring.value ?? []).findLastIndex(near)
}

// drawMeasure draws the line with the length of each part beside it.
export function drawMeasure(
  context: CanvasRenderingContext2D,
  screen: Screen,
  palette: Palette,
  write: (metres: number) => string,
): void {
  const points = measuring.value ?? []
  context.lineJoin = 'round'
  for (const [width, colour, dash] of [
    [5, palette.halo, []],
    [2.2, palette.text, [7, 4]],
  ] as const) {
    context.lineWidth = width
    context.strokeStyle = colour
    context.setLineDash(dash)
    context.beginPath()
    for (let i = 1; i < points.length; i++) trace(context, screen, points[i - 1]!, points[i]!)
    context.stroke()
  }
  context.setLineDash([])
  for (const point of points) knob(context, onScreen(screen, point), palette)
  points.slice(1).forEach((point, i) => {
    const [a, b] = [onScreen(screen, points[i]!), onScreen(screen, point)]
    if (Math.hypot(b.x - a.x, b.y - a.y) < 60) return
    const line = way(points[i]!, point)
    const middle =
      line.length > 2 ? onScreen(screen, line[line.length >> 1]!) : { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }
    caption(context, middle, write(lengths.value[i]!), palette)
  })
}

function trace(context: CanvasRenderingContext2D, screen: Screen, a: Point, b: Point): void {
  let before: { x: number; y: number } | null = null
  for (const p of way(a, b)) {
    const at = onScreen(screen, p)
    if (!before || Math.abs(at.x - before.x) > 20_000) context.moveTo(at.x, at.y)
    else context.lineTo(at.x, at.y)
    before = at
  }
}

function knob(context: CanvasRenderingContext2D, { x, y }: { x: number; y: number }, palette: Palette): void {
  context.beginPath()
  context.arc(x, y, 4.5, 0, 2 * Math.PI)
  context.fillStyle = palette.halo
  context.fill()
  context.lineWidth = 2
  context.strokeStyle = palette.text
  context.stroke()
}

function caption(
  context: CanvasRenderingContext2D,
  at: { x: number; y: number },
  text: string,
  palette: Palette,
): void {
  context.font = '600 12px Inter, sans-serif'
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  const half = context.measureText(text).width / 2 + 6
  context.beginPath()
  context.roundRect(at.x - half, at.y - 10, 2 * half, 20, 10)
  context.fillStyle = palette.text
  context.fill()
  context.fillStyle = palette.halo
  context.fillText(text, at.x, at.y + 0.5)
}

const onScreen = (screen: Screen, p: Point) => screen.place(mercatorX(p.longitude), mercatorY(p.latitude))
export const pointOn = (x: number, y: number): Point => ({
  longitude: longitudeOf(x),
  latitude: latitudeOf(y),
})
const radians = (d: number) => (d * Math.PI) / 180
const degrees = (r: number) => (r * 180) / Math.PI

function vector({ longitude, latitude }: Point): [number, number, number] {
  const [l, p] = [radians(longitude), radians(latitude)]
  return [Math.cos(p) * Math.cos(l), Math.cos(p) * Math.sin(l), Math.sin(p)]
}
