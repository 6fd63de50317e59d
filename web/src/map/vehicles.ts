import type { CustomLayerInterface, Map as MapLibre } from 'maplibre-gl'
import { Status } from '../fleet/status'
import type { Fleet } from '../fleet/store'
import { headingKnown } from '../live/frame'
import { type Palette, rgb } from '../palette'
import { blend, link, type Uniforms, uniforms } from './program'
import { Screen } from './screen'
import { fragmentShader, vertexShader } from './shaders'

const dotsBelow = 5 // zoom under which the vehicles of a large fleet are dots
const dotsFrom = 300 // vehicles that make a fleet large
const bytes = 20 // a vehicle: from, to (int32 ×2 each), look (uint8 ×4)
const ints = bytes / 4
const dot = 6 // the shape beside those of Status
const levels = 8 // drawing order: statuses, then these
const level = { watched: 5, hovered: 6, selected: 7 }
const drawnAt = [3, 2, 1, 0, 4, 0] // by Status
const flag = { selected: 1, hovered: 2, stale: 4, approximate: 8 }
const names = [
  ...(['centre', 'origin', 'size', 'turn', 'bearing', 'progress', 'radius', 'ratio', 'density'] as const),
  ...(['colours', 'watched', 'outline', 'ring'] as const),
] as const

export interface Look {
  shown: Uint32Array // slots
  selected: number | null // ids
  hovered: number | null
  watched: (number | null)[]
  palette: Palette
}

// VehicleLayer draws all vehicles with one call. update is told what to draw; render only has to place it. A tick
// makes no garbage.
export class VehicleLayer implements CustomLayerInterface {
  readonly id = 'vehicles'
  readonly type = 'custom'
  private map: MapLibre | null = null
  private program: WebGLProgram | null = null
  private array: WebGLVertexArrayObject | null = null
  private buffer: WebGLBuffer | null = null
  private places = {} as Uniforms<(typeof names)[number]>
  private data = new Int32Array(256 * ints)
  private looks = new Uint8Array(this.data.buffer)
  private levelOf = new Uint8Array(256) // by slot; levels: not drawn
  private readonly starts = new Uint32Array(levels + 1)
  private held = 0 // bytes of the buffer on the GPU
  private drawn = 0
  private dirty = true
  private dots = false
  private longestMove = 0 // Mercator units
  private look: Look | null = null

  // hidden tells of a slot whether a cluster stands for it.
  constructor(
    private readonly fleet: Fleet,
    private readonly smooth: () => boolean,
    private readonly hidden: (slot: number) => boolean,
  ) {}

  update(look: Look): void {
    this.look = look
    this.dirty = true
    this.map?.triggerRepaint()
  }

  // gpuBytes is what the layer keeps on the GPU.
  get gpuBytes(): number {
    return this.held
  }

  // radius of a glyph in CSS pixels.
  radius(zoom: number): number {
    if (this.dots) return this.drawn > 5000 ? 2.8 : 4
    return 6 + Math.max(0, Math.min(1, (zoom - dotsBelow) / 8)) * 3
  }

  onAdd(map: MapLibre, gl: WebGL2RenderingContext): void {
    this.map = map
    this.program = link(gl, vertexShader, fragmentShader)
    this.places = uniforms(gl, this.program, names)
    this.buffer = gl.createBuffer()
    this.array = gl.createVertexArray()
    gl.bindVertexArray(this.array)
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer)
    for (const place of [0, 1, 2]) gl.enableVertexAttribArray(place)
    gl.vertexAttribIPointer(0, 2, gl.INT, bytes, 0)
    gl.vertexAttribIPointer(1, 2, gl.INT, bytes, 8)
    gl.vertexAttribIPointer(2, 4, gl.UNSIGNED_BYTE, bytes, 16)
    gl.bindVertexArray(null)
    gl.bindBuffer(gl.ARRAY_BUFFER, null)
    this.held = 0
    this.dirty = true
  }

  onRemove(_map: MapLibre, gl: WebGL2RenderingContext): void {
    gl.deleteProgram(this.program)
    gl.deleteBuffer(this.buffer)
    gl.deleteVertexArray(this.array)
    this.map = null
  }

  render(gl: WebGL2RenderingContext): void {
    const { map, look } = this
    if (!map || !look) return
    const dots = map.getZoom() < dotsBelow && look.shown.length > dotsFrom
    if (this.dirty || dots !== this.dots) {
      this.dots = dots
      this.fill(look)
      this.dirty = false
      this.upload(gl)
    }
    if (this.drawn === 0) return
    const progress = this.smooth() ? this.fleet.progress(performance.now()) : 1
    const screen = new Screen(map)
    this.draw(gl, screen, progress, look.palette)
    if (progress < 1 && this.longestMove * screen.scale > 0.5) map.triggerRepaint()
  }

  private upload(gl: WebGL2RenderingContext): void {
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer)
    if (this.held < this.data.byteLength) {
      this.held = this.data.byteLength
      gl.bufferData(gl.ARRAY_BUFFER, this.held, gl.DYNAMIC_DRAW)
    }
    gl.bufferSubData(gl.ARRAY_BUFFER, 0, this.data, 0, this.drawn * ints)
    gl.bindBuffer(gl.ARRAY_BUFFER, null)
  }

  private draw(gl: WebGL2RenderingContext, screen: Screen, progress: number, palette: Palette): void {
    const { places } = this
    const map = this.map!
    gl.useProgram(this.program)
    gl.bindVertexArray(this.array)
    gl.uniform2i(places.centre, screen.centreX, screen.centreY)
    gl.uniform2f(places.origin, screen.originX, screen.originY)
    gl.uniform2f(places.size, screen.width, screen.height)
    gl.uniform2f(places.turn, screen.cos, screen.sin)
    gl.uniform1f(places.bearing, (map.getBearing() * Math.PI) / 180)
    gl.uniform1f(places.progress, progress)
    gl.uniform1f(places.radius, this.radius(map.getZoom()))
    gl.uniform1f(places.ratio, map.getPixelRatio())
    gl.uniform1f(places.density, this.drawn > 5000 ? 0.5 : 0.75)
    gl.uniform3fv(places.colours, palette.states.flatMap(rgb))
    gl.uniform3fv(places.watched, palette.watched.flatMap(rgb))
    gl.uniform3fv(places.outline, rgb(palette.outline))
    gl.uniform3fv(places.ring, rgb(palette.ring))
    blend(gl)
    gl.drawArrays(gl.POINTS, 0, this.drawn)
    gl.bindVertexArray(null)
  }

  // fill writes the vehicles in the order in which they are drawn: a counting sort, since this happens every second.
  private fill(look: Look): void {
    const { fleet, starts } = this
    const levelOf = this.sort(look)
    starts.fill(0)
    let count = 0
    for (let i = 0; i < fleet.count; i++) {
      if (levelOf[i] === levels) continue
      starts[levelOf[i]! + 1]!++
      count++
    }
    for (let n = 0; n < levels; n++) starts[n + 1]! += starts[n]!
    if (this.data.length < count * ints) {
      this.data = new Int32Array(Math.ceil(count * 1.5) * ints)
      this.looks = new Uint8Array(this.data.buffer)
    }
    this.longestMove = 0
    for (let i = 0; i < fleet.count; i++) {
      if (levelOf[i] !== levels)
        this.write(starts[levelOf[i]!]!++, i, levelOf[i]! >= level.watched ? look : null)
    }
    this.drawn = count
  }

  // sort gives each slot's level. Whoever is selected or watched is drawn whatever the filters say.
  private sort(look: Look): Uint8Array {
    const { fleet } = this
    if (this.levelOf.length < fleet.count) this.levelOf = new Uint8Array(fleet.ids.length)
    const { levelOf } = this
    levelOf.fill(levels, 0, fleet.count)
    for (const i of look.shown) {
      if (fleet.located(i) && !this.hidden(i)) levelOf[i] = drawnAt[fleet.status[i]!]!
    }
    const put = (id: number | null, at: number) => {
      const slot = id === null ? -1 : fleet.slot(id)
      if (slot >= 0 && fleet.located(slot)) levelOf[slot] = at
    }
    for (const id of look.watched) put(id, level.watched)
    put(look.hovered, level.hovered)
    put(look.selected, level.selected)
    return levelOf
  }

  private write(at: number, i: number, special: Look | null): void {
    const { fleet, data, looks } = this
    const toX = fleet.x[i]!
    const toY = fleet.y[i]!
    data[at * ints] = fleet.fromX[i]!
    data[at * ints + 1] = fleet.fromY[i]!
    data[at * ints + 2] = toX
    data[at * ints + 3] = toY
    const moved = Math.max(Math.abs((fleet.fromX[i]! - toX) | 0), Math.abs(fleet.fromY[i]! - toY))
    if (moved > this.longestMove) this.longestMove = moved
    const status = fleet.status[i]!
    let shape = status
    if (status === Status.Moving && (fleet.state[i]! & headingKnown) === 0) shape = Status.Idle
    if (this.dots && special === null && status !== Status.Alarm) shape = dot
    let flags = 0
    if (fleet.stale[i] && status !== Status.Offline) flags |= flag.stale
    if (fleet.approximate(i) && shape !== dot) flags |= flag.approximate
    let watch = 0
    if (special) {
      const id = fleet.ids[i]!
      if (id === special.selected) flags |= flag.selected
      if (id === special.hovered) flags |= flag.hovered
      watch = special.watched.indexOf(id) + 1
    }
    looks[at * bytes + 16] = shape
    looks[at * bytes + 17] = fleet.heading[i]!
    looks[at * bytes + 18] = flags
    looks[at * bytes + 19] = status | (watch << 4)
  }
}
