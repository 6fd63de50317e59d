import type { CustomLayerInterface, Map as MapLibre } from 'maplibre-gl'
import { Status } from '../fleet/status'
import type { Fleet } from '../fleet/store'
import { headingKnown } from '../live/frame'
import { type Palette, rgb } from '../palette'
import { Screen } from './screen'
import { fragmentShader, vertexShader } from './shaders'

export const dotsBelow = 5 // zoom under which every vehicle is a dot
const bytes = 20 // a vehicle: from, to (int32 ×2 each), look (uint8 ×4)
const ints = bytes / 4
const dot = 6 // the shape beside those of Status
const layers = 8 // drawing order: statuses, hovered, selected
const drawnAt: Record<number, number> = {
  [Status.Offline]: 0,
  [Status.Stopped]: 1,
  [Status.Idle]: 2,
  [Status.Moving]: 3,
  [Status.Alarm]: 4,
}
const flag = { selected: 1, hovered: 2, stale: 4, approximate: 8 }

export interface Look {
  shown: Uint32Array // slots
  selected: number | null // ids
  hovered: number | null
  palette: Palette
}

// VehicleLayer draws all vehicles with one call. update is told what to draw; render only has to place it.
export class VehicleLayer implements CustomLayerInterface {
  readonly id = 'vehicles'
  readonly type = 'custom'
  private map: MapLibre | null = null
  private program: WebGLProgram | null = null
  private array: WebGLVertexArrayObject | null = null
  private buffer: WebGLBuffer | null = null
  private places: Record<string, WebGLUniformLocation | null> = {}
  private data = new Int32Array(256 * ints)
  private looks = new Uint8Array(this.data.buffer)
  private drawn = 0
  private dirty = true
  private dots = false
  private longestMove = 0 // Mercator units
  private look: Look | null = null

  constructor(
    private readonly fleet: Fleet,
    private readonly smooth: () => boolean,
  ) {}

  update(look: Look): void {
    this.look = look
    this.dirty = true
    this.map?.triggerRepaint()
  }

  // radius of a glyph in CSS pixels.
  radius(zoom: number): number {
    if (zoom < dotsBelow) return this.drawn > 2000 ? 4 : this.drawn > 200 ? 5 : 7.5
    return 6 + Math.min(1, (zoom - dotsBelow) / 8) * 3
  }

  onAdd(map: MapLibre, gl: WebGL2RenderingContext): void {
    this.map = map
    this.program = link(gl)
    this.places = {}
    const names = [
      'centre',
      'origin',
      'size',
      'scale',
      'progress',
      'radius',
      'ratio',
      'colours',
      'outline',
      'ring',
    ]
    for (const name of names) this.places[name] = gl.getUniformLocation(this.program, `u_${name}`)
    this.buffer = gl.createBuffer()
    this.array = gl.createVertexArray()
    gl.bindVertexArray(this.array)
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer)
    gl.enableVertexAttribArray(0)
    gl.enableVertexAttribArray(1)
    gl.enableVertexAttribArray(2)
    gl.vertexAttribIPointer(0, 2, gl.INT, bytes, 0)
    gl.vertexAttribIPointer(1, 2, gl.INT, bytes, 8)
    gl.vertexAttribIPointer(2, 4, gl.UNSIGNED_BYTE, bytes, 16)
    gl.bindVertexArray(null)
    gl.bindBuffer(gl.ARRAY_BUFFER, null)
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
    const dots = map.getZoom() < dotsBelow
    if (this.dirty || dots !== this.dots) {
      this.dots = dots
      this.fill(look)
      this.dirty = false
      gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer)
      gl.bufferData(gl.ARRAY_BUFFER, this.data.subarray(0, this.drawn * ints), gl.DYNAMIC_DRAW)
      gl.bindBuffer(gl.ARRAY_BUFFER, null)
    }
    if (this.drawn === 0) return
    const progress = this.smooth() ? this.fleet.progress(performance.now()) : 1
    const screen = new Screen(map)
    this.draw(gl, screen, progress, look.palette)
    if (progress < 1 && this.longestMove * screen.scale > 0.5) map.triggerRepaint()
  }

  private draw(gl: WebGL2RenderingContext, screen: Screen, progress: number, palette: Palette): void {
    const { map, places } = this
    gl.useProgram(this.program)
    gl.bindVertexArray(this.array)
    gl.uniform2i(places.centre!, screen.centreX, screen.centreY)
    gl.uniform2f(places.origin!, screen.originX, screen.originY)
    gl.uniform2f(places.size!, screen.width, screen.height)
    gl.uniform1f(places.scale!, screen.scale)
    gl.uniform1f(places.progress!, progress)
    gl.uniform1f(places.radius!, this.radius(map!.getZoom()))
    gl.uniform1f(places.ratio!, map!.getPixelRatio())
    gl.uniform3fv(places.colours!, palette.states.flatMap(rgb))
    gl.uniform3fv(places.outline!, rgb(palette.outline))
    gl.uniform3fv(places.ring!, rgb(palette.ring))
    gl.disable(gl.DEPTH_TEST)
    gl.disable(gl.STENCIL_TEST)
    gl.enable(gl.BLEND)
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA)
    gl.drawArrays(gl.POINTS, 0, this.drawn)
    gl.bindVertexArray(null)
  }

  // fill writes the vehicles in the order in which they are drawn: a counting sort, since this happens every second.
  private fill(look: Look): void {
    const { fleet } = this
    const slots = this.drawable(look)
    const selected = look.selected === null ? -1 : fleet.slot(look.selected)
    const hovered = look.hovered === null ? -1 : fleet.slot(look.hovered)
    const level = (i: number) => (i === selected ? 6 : i === hovered ? 5 : drawnAt[fleet.status[i]!]!)
    const starts = new Uint32Array(layers + 1)
    for (const i of slots) starts[level(i) + 1]!++
    for (let n = 0; n < layers; n++) starts[n + 1]! += starts[n]!
    if (this.data.length < slots.length * ints) {
      this.data = new Int32Array(Math.ceil(slots.length * 1.5) * ints)
      this.looks = new Uint8Array(this.data.buffer)
    }
    this.longestMove = 0
    for (const i of slots) {
      const at = starts[level(i)]!++
      const special = (i === selected ? flag.selected : 0) | (i === hovered ? flag.hovered : 0)
      this.write(at, i, special)
    }
    this.drawn = slots.length
  }

  private write(at: number, i: number, special: number): void {
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
    const offline = status === Status.Offline
    let shape = status
    if (status === Status.Moving && (fleet.state[i]! & headingKnown) === 0) shape = Status.Idle
    if (this.dots && special === 0 && status !== Status.Alarm) shape = dot
    looks[at * bytes + 16] = shape
    looks[at * bytes + 17] = fleet.heading[i]!
    looks[at * bytes + 18] =
      special |
      (fleet.stale[i] && !offline ? flag.stale : 0) |
      (fleet.approximate(i) && shape !== dot ? flag.approximate : 0)
    looks[at * bytes + 19] = status
  }

  private drawable(look: Look): number[] {
    const { fleet } = this
    const slots: number[] = []
    const selected = look.selected === null ? -1 : fleet.slot(look.selected)
    let hasSelected = false
    for (const i of look.shown) {
      if (!fleet.located(i)) continue
      if (i === selected) hasSelected = true
      slots.push(i)
    }
    if (selected >= 0 && !hasSelected && fleet.located(selected)) slots.push(selected)
    return slots
  }
}

function link(gl: WebGL2RenderingContext): WebGLProgram {
  const program = gl.createProgram()
  for (const [type, source] of [
    [gl.VERTEX_SHADER, vertexShader],
    [gl.FRAGMENT_SHADER, fragmentShader],
  ] as const) {
    const shader = gl.createShader(type)!
    gl.shaderSource(shader, source)
    gl.compileShader(shader)
    gl.attachShader(program, shader)
    gl.deleteShader(shader)
  }
  gl.linkProgram(program)
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) {
    throw new Error(`vehicles: ${gl.getProgramInfoLog(program)}`)
  }
  return program
}
