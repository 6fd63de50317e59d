import { Status } from '../fleet/status'
import type { Fleet } from '../fleet/store'
import { Taken } from './overlay'
import type { Screen } from './screen'
import type { Look } from './vehicles'

export const labelsFrom = 12.6 // zoom
const most = 300
const font = '600 11.5px Inter, sans-serif'
const height = 14

interface Label {
  slot: number
  id: number
  x: number
  y: number
  rank: number // the lowest is written first
}

// Labels writes the vehicles' names beside them, where they cover neither each other nor a vehicle. The selected one's
// is always there.
export class Labels {
  private readonly widths = new Map<string, number>()
  private readonly taken = new Taken()
  private readonly labels: Label[] = []

  constructor(private readonly fleet: Fleet) {
    document.fonts.load(font).then(() => this.widths.clear())
  }

  // find notes which names are wanted; it gives how many.
  find(
    look: Look,
    screen: Screen,
    all: boolean,
    progress: number,
    hidden: (slot: number) => boolean,
  ): number {
    const { fleet, labels } = this
    labels.length = 0
    const add = (id: number | null, rank: number) => {
      const slot = id === null ? -1 : fleet.slot(id)
      if (slot < 0 || !fleet.located(slot) || labels.some((l) => l.slot === slot)) return
      this.see(slot, rank, screen, progress)
    }
    add(look.selected, 0)
    for (const id of look.watched) add(id, 1)
    if (!all) return labels.length
    const special = labels.length
    for (const slot of look.shown) {
      if (labels.length - special >= most) break
      if (!fleet.located(slot) || hidden(slot)) continue
      const id = fleet.ids[slot]!
      if (id === look.selected || look.watched.includes(id)) continue
      this.see(slot, fleet.status[slot] === Status.Alarm ? 2 : 3, screen, progress)
    }
    labels.sort((a, b) => a.rank - b.rank || a.id - b.id) // whoever is above in the list now: names must not flicker
    return labels.length
  }

  draw(context: CanvasRenderingContext2D, look: Look, screen: Screen, radius: number): void {
    const { taken } = this
    context.font = font
    context.lineWidth = 3
    context.lineJoin = 'round'
    context.textAlign = 'center'
    context.textBaseline = 'top'
    context.strokeStyle = look.palette.halo
    context.fillStyle = look.palette.text
    taken.reset(screen.width, screen.height)
    for (const { x, y } of this.labels) taken.take(x - radius, y - radius, x + radius, y + radius)
    for (const label of this.labels) {
      const text = this.fleet.names[label.slot]!
      const half = this.width(context, text) / 2 + 2
      const away = radius + (label.rank === 0 ? 11 : label.rank === 1 ? 7 : 3)
      const place = this.room(label, half, away)
      if (!place) continue
      const [middle, top] = place
      taken.take(middle - half, top, middle + half, top + height)
      context.strokeText(text, middle, top)
      context.fillText(text, middle, top)
    }
  }

  // room tries below, above, right and left of the vehicle.
  private room({ x, y, rank }: Label, half: number, away: number): [middle: number, top: number] | null {
    const side = away + half + 2
    const places: [number, number][] = [
      [x, y + away],
      [x, y - away - height],
      [x + side, y - height / 2],
      [x - side, y - height / 2],
    ]
    for (const [middle, top] of places) {
      if (this.taken.free(middle - half, top, middle + half, top + height)) return [middle, top]
    }
    return rank === 0 ? places[0]! : null
  }

  private see(slot: number, rank: number, screen: Screen, progress: number): void {
    const { fleet } = this
    const [mx, my] = [fleet.shownX(slot, progress), fleet.shownY(slot, progress)]
    const [x, y] = [screen.x(mx, my), screen.y(mx, my)]
    if (screen.holds(x, y, 30)) this.labels.push({ slot, id: fleet.ids[slot]!, x, y, rank })
  }

  private width(context: CanvasRenderingContext2D, text: string): number {
    let width = this.widths.get(text)
    if (width === undefined) {
      width = context.measureText(text).width
      if (this.widths.size > 5000) this.widths.clear()
      this.widths.set(text, width)
    }
    return width
  }
}
