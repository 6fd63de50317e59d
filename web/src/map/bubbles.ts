import { Status, statusKeys } from '../fleet/status'
import { number } from '../format'
import type { Palette } from '../palette'
import { bubble, type Clusters } from './clusters'
import type { Screen } from './screen'

const order = [Status.Alarm, Status.Moving, Status.Idle, Status.Stopped, Status.Offline] // clockwise from the top
const kinds = statusKeys.length

// drawBubbles draws the clusters in view: how many they stand for, in a ring of what these do.
export function drawBubbles(
  context: CanvasRenderingContext2D,
  clusters: Clusters,
  screen: Screen,
  palette: Palette,
): void {
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  for (let c = 0; c < clusters.count; c++) {
    const size = clusters.sizes[c]!
    if (size < 2) continue
    const x = screen.x(clusters.x[c]!, clusters.y[c]!)
    const y = screen.y(clusters.x[c]!, clusters.y[c]!)
    if (!screen.holds(x, y, 40)) continue
    const radius = bubble(size)
    disc(context, x, y, radius + 1.5, palette.outline)
    ring(context, x, y, radius, clusters, c, palette)
    disc(context, x, y, radius - 4, palette.halo)
    context.fillStyle = palette.text
    context.font = `650 ${size < 1000 ? 11.5 : 10.5}px Inter, sans-serif`
    context.fillText(brief(size), x, y + 0.5)
  }
}

function ring(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  radius: number,
  clusters: Clusters,
  cluster: number,
  palette: Palette,
): void {
  let from = -Math.PI / 2
  for (const status of order) {
    const share = clusters.states[cluster * kinds + status]! / clusters.sizes[cluster]!
    if (share === 0) continue
    const to = from + share * 2 * Math.PI
    context.beginPath()
    context.moveTo(x, y)
    context.arc(x, y, radius, from, to)
    context.fillStyle = palette.states[status]!
    context.fill()
    from = to
  }
}

function disc(context: CanvasRenderingContext2D, x: number, y: number, radius: number, colour: string): void {
  context.beginPath()
  context.arc(x, y, radius, 0, 2 * Math.PI)
  context.fillStyle = colour
  context.fill()
}

const brief = (n: number): string => (n < 10_000 ? number(n) : `${number(n / 1000)}k`)
