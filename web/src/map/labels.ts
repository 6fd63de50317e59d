import { Status } from '../fleet/status'
import type { Fleet } from '../fleet/store'
import type { Screen } from './screen'
import type { Look } from './vehicles'

const from = 12.6 // zoom
const most = 300
const font = '600 11.5px Inter, sans-serif'
const height = 15

interface Label {
  text: string
  x: number
  y: number
  rank: number
}

// Labels writes the vehicles' names under them, on a canvas above the map, in step with the map's own frames. Names
// that would overlap are left out; the selected vehicle's is always there.
export class Labels {
  private readonly canvas = document.createElement('canvas')
  private readonly context = this.canvas.getContext('2d')!
  private readonly widths = new Map<string, number>()
  private blank = true

  constructor(
    container: HTMLElement,
    private readonly fleet: Fleet,
  ) {
    this.canvas.className = 'labels'
    this.canvas.setAttribute('aria-hidden', 'true')
    container.append(this.canvas)
    document.fonts.load(font).then(() => this.widths.clear())
  }

  draw(look: Look, screen: Screen, zoom: number, progress: number, radius: number): void {
    const labels = this.wanted(look, screen, zoom, progress)
    if (labels.length === 0 && this.blank) return
    this.blank = labels.length === 0
    this.prepare(screen)
    const { context } = this
    context.lineWidth = 3
    context.lineJoin = 'round'
    context.textAlign = 'center'
    context.textBaseline = 'top'
    context.font = font
    context.strokeStyle = look.palette.halo
    context.fillStyle = look.palette.text
    const taken: [number, number, number, number][] = []
    for (const label of labels) {
      const half = this.width(label.text) / 2 + 3
      const top = label.y + radius + (label.rank === 0 ? 11 : 4)
      const box: [number, number, number, number] = [label.x - half, top, label.x + half, top + height]
      if (taken.some((t) => t[0] < box[2] && t[2] > box[0] && t[1] < box[3] && t[3] > box[1])) continue
      taken.push(box)
      context.strokeText(label.text, label.x, top)
      context.fillText(label.text, label.x, top)
    }
  }

  private wanted(look: Look, screen: Screen, zoom: number, progress: number): Label[] {
    const { fleet } = this
    const labels: Label[] = []
    const add = (slot: number, rank: number) => {
      const x = screen.x(fleet.shownX(slot, progress))
      const y = screen.y(fleet.shownY(slot, progress))
      if (screen.holds(x, y, 30)) labels.push({ text: fleet.names[slot]!, x, y, rank })
    }
    const selected = look.selected === null ? -1 : fleet.slot(look.selected)
    if (selected >= 0 && fleet.located(selected)) add(selected, 0)
    if (zoom < from) return labels
    for (const slot of look.shown) {
      if (labels.length > most) break
      if (slot !== selected && fleet.located(slot)) add(slot, fleet.status[slot] === Status.Alarm ? 1 : 2)
    }
    return labels.sort((a, b) => a.rank - b.rank)
  }

  private prepare(screen: Screen): void {
    const ratio = devicePixelRatio
    const width = Math.round(screen.width * ratio)
    const tall = Math.round(screen.height * ratio)
    if (this.canvas.width !== width || this.canvas.height !== tall) {
      this.canvas.width = width
      this.canvas.height = tall
    }
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0)
    this.context.clearRect(0, 0, screen.width, screen.height)
  }

  private width(text: string): number {
    let width = this.widths.get(text)
    if (width === undefined) {
      width = this.context.measureText(text).width
      if (this.widths.size > 5000) this.widths.clear()
      this.widths.set(text, width)
    }
    return width
  }
}
