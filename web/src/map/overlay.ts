// Overlay is the canvas above the map on which names, clusters and measures are drawn, in step with the map's frames.
export class Overlay {
  readonly context: CanvasRenderingContext2D
  private readonly canvas = document.createElement('canvas')
  private blank = true

  constructor(container: HTMLElement) {
    this.context = this.canvas.getContext('2d')!
    this.canvas.className = 'labels'
    this.canvas.setAttribute('aria-hidden', 'true')
    container.append(this.canvas)
  }

  // begin clears the canvas; it gives false if there is nothing to draw and was nothing before.
  begin(width: number, height: number, anything: boolean): boolean {
    if (!anything && this.blank) return false
    this.blank = !anything
    const ratio = devicePixelRatio
    const wide = Math.round(width * ratio)
    const tall = Math.round(height * ratio)
    if (this.canvas.width !== wide || this.canvas.height !== tall) {
      this.canvas.width = wide
      this.canvas.height = tall
    }
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0)
    this.context.clearRect(0, 0, width, height)
    return anything
  }
}

const cell = 8 // CSS pixels

// Taken remembers what of the screen is covered, in cells, so that nothing is written over anything.
export class Taken {
  private cells = new Uint8Array(0)
  private columns = 0
  private rows = 0

  reset(width: number, height: number): void {
    this.columns = Math.ceil(width / cell) + 1
    this.rows = Math.ceil(height / cell) + 1
    const size = this.columns * this.rows
    if (this.cells.length < size) this.cells = new Uint8Array(size)
    else this.cells.fill(0, 0, size)
  }

  free(left: number, top: number, right: number, bottom: number): boolean {
    return this.each(left, top, right, bottom, (at) => this.cells[at] === 0)
  }

  take(left: number, top: number, right: number, bottom: number): void {
    this.each(left, top, right, bottom, (at) => {
      this.cells[at] = 1
      return true
    })
  }

  private each(l: number, t: number, r: number, b: number, see: (at: number) => boolean): boolean {
    const [first, last] = [
      Math.max(0, Math.floor(l / cell)),
      Math.min(this.columns - 1, Math.floor(r / cell)),
    ]
    const low = Math.min(this.rows - 1, Math.floor(b / cell))
    for (let row = Math.max(0, Math.floor(t / cell)); row <= low; row++) {
      for (let column = first; column <= last; column++) if (!see(row * this.columns + column)) return false
    }
    return true
  }
}
