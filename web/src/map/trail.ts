import type { CustomLayerInterface, Map as MapLibre } from 'maplibre-gl'
import { mercatorX, mercatorY } from '../fleet/mercator'
import type { Fleet } from '../fleet/store'
import { type Palette, rgb } from '../palette'
import { type TrailPoint, trailSpan } from '../trail'
import { blend, link, type Uniforms, uniforms } from './program'
import { Screen } from './screen'
import { trailFragmentShader, trailVertexShader } from './shaders'

const bytes = 28 // a vertex: from, to (int32 ×2), side (float32 ×2), look (uint8 ×4)
const ints = bytes / 4
const width = 6.5 // CSS pixels, with the casing
const gap = 5 * 60_000 // ms without a fix over which no line is drawn
const names = [
  ...(['centre', 'origin', 'size', 'turn', 'scale', 'progress', 'half', 'ratio'] as const),
  ...(['colours', 'outline'] as const),
] as const

export interface Trail {
  id: number
  colour: number // place among the watched colours, -1: the selected vehicle's
  points: TrailPoint[]
}

// TrailLayer draws where vehicles have been, fading with age, up to where they are shown now.
export class TrailLayer implements CustomLayerInterface {
  readonly id = 'trails'
  readonly type = 'custom'
  private map: MapLibre | null = null
  private program: WebGLProgram | null = null
  private array: WebGLVertexArrayObject | null = null
  private buffer: WebGLBuffer | null = null
  private places = {} as Uniforms<(typeof names)[number]>
  private data = new Int32Array(1024 * ints)
  private sides = new Float32Array(this.data.buffer)
  private looks = new Uint8Array(this.data.buffer)
  private strips: [first: number, count: number][] = []
  private used = 0 // vertices
  private held = 0 // bytes on the GPU
  private dirty = true
  private palette: Palette | null = null

  constructor(
    private readonly fleet: Fleet,
    private readonly smooth: () => boolean,
  ) {}

  get gpuBytes(): number {
    return this.held
  }

  update(trails: Trail[], palette: Palette): void {
    this.palette = palette
    if (trails.length === 0 && this.used === 0) return
    this.used = 0
    this.strips = []
    for (const trail of trails) this.add(trail)
    this.dirty = true
    this.map?.triggerRepaint()
  }

  onAdd(map: MapLibre, gl: WebGL2RenderingContext): void {
    this.map = map
    this.program = link(gl, trailVertexShader, trailFragmentShader)
    this.places = uniforms(gl, this.program, names)
    this.buffer = gl.createBuffer()
    this.array = gl.createVertexArray()
    gl.bindVertexArray(this.array)
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer)
    for (const place of [0, 1, 2, 3]) gl.enableVertexAttribArray(place)
    gl.vertexAttribIPointer(0, 2, gl.INT, bytes, 0)
    gl.vertexAttribIPointer(1, 2, gl.INT, bytes, 8)
    gl.vertexAttribPointer(2, 2, gl.FLOAT, false, bytes, 16)
    gl.vertexAttribIPointer(3, 4, gl.UNSIGNED_BYTE, bytes, 24)
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
    const { map, palette, places } = this
    if (!map || !palette || this.used === 0) return
    if (this.dirty) this.upload(gl)
    const screen = new Screen(map)
    gl.useProgram(this.program)
    gl.bindVertexArray(this.array)
    gl.uniform2i(places.centre, screen.centreX, screen.centreY)
    gl.uniform2f(places.origin, screen.originX, screen.originY)
    gl.uniform2f(places.size, screen.width, screen.height)
    gl.uniform2f(places.turn, screen.cos, screen.sin)
    gl.uniform1f(places.scale, screen.scale)
    gl.uniform1f(places.progress, this.smooth() ? this.fleet.progress(performance.now()) : 1)
    gl.uniform1f(places.half, width / 2)
    gl.uniform1f(places.ratio, map.getPixelRatio())
    gl.uniform3fv(places.colours, [palette.trail, ...palette.watched].flatMap(rgb))
    gl.uniform3fv(places.outline, rgb(palette.outline))
    blend(gl)
    for (const [first, count] of this.strips) gl.drawArrays(gl.TRIANGLE_STRIP, first, count)
    gl.bindVertexArray(null)
  }

  private upload(gl: WebGL2RenderingContext): void {
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer)
    if (this.held < this.data.byteLength) {
      this.held = this.data.byteLength
      gl.bufferData(gl.ARRAY_BUFFER, this.held, gl.DYNAMIC_DRAW)
    }
    gl.bufferSubData(gl.ARRAY_BUFFER, 0, this.data, 0, this.used * ints)
    gl.bindBuffer(gl.ARRAY_BUFFER, null)
    this.dirty = false
  }

  // add cuts a trail into runs without a gap, the last of which ends at the vehicle itself.
  private add({ id, colour, points }: Trail): void {
    const { fleet } = this
    const now = fleet.serverNow()
    const slot = fleet.slot(id)
    let run: Vertex[] = []
    let before = Number.NEGATIVE_INFINITY
    for (const p of points) {
      if (p.time - before > gap) {
        this.strip(run, colour)
        run = []
      }
      before = p.time
      const strength = Math.max(0, 1 - (now - p.time) / trailSpan)
      push(run, { x: mercatorX(p.longitude), y: mercatorY(p.latitude), strength })
    }
    const tip = run.at(-1)
    if (tip && slot >= 0 && fleet.located(slot) && tip.x === fleet.x[slot] && tip.y === fleet.y[slot]) {
      tip.fromX = fleet.fromX[slot]!
      tip.fromY = fleet.fromY[slot]!
    }
    this.strip(run, colour)
  }

  private strip(run: Vertex[], colour: number): void {
    if (run.length < 2) return
    const first = this.used
    this.reserve(run.length * 2)
    for (let n = 0; n < run.length; n++) {
      const [sideX, sideY] = join(run[n - 1], run[n]!, run[n + 1])
      for (const across of [0, 1])
        this.vertex(run[n]!, across ? -sideX : sideX, across ? -sideY : sideY, colour, across)
    }
    this.strips.push([first, this.used - first])
  }

  private vertex(v: Vertex, sideX: number, sideY: number, colour: number, across: number): void {
    const at = this.used++ * ints
    this.data[at] = v.fromX ?? v.x
    this.data[at + 1] = v.fromY ?? v.y
    this.data[at + 2] = v.x
    this.data[at + 3] = v.y
    this.sides[at + 4] = sideX
    this.sides[at + 5] = sideY
    this.looks[(at + 6) * 4] = colour + 1
    this.looks[(at + 6) * 4 + 1] = Math.round(255 * v.strength ** 0.8)
    this.looks[(at + 6) * 4 + 2] = across
  }

  private reserve(vertices: number): void {
    if (this.data.length >= (this.used + vertices) * ints) return
    const bigger = new Int32Array((this.used + vertices) * 2 * ints)
    bigger.set(this.data)
    this.data = bigger
    this.sides = new Float32Array(bigger.buffer)
    this.looks = new Uint8Array(bigger.buffer)
  }
}

interface Vertex {
  x: number
  y: number
  strength: number // 0 to 1
  fromX?: number // where it was when the last frame came, if it glides
  fromY?: number
}

// push leaves out what lies on the point before.
function push(run: Vertex[], v: Vertex): void {
  const last = run.at(-1)
  if (last && last.x === v.x && last.y === v.y) last.strength = v.strength
  else run.push(v)
}

// join gives the normal of a point between its neighbours, lengthened so that the line stays as wide in the turn.
export function join(a: Vertex | undefined, b: Vertex, c: Vertex | undefined): [number, number] {
  const into = direction(a ?? b, a ? b : c!)
  const out = direction(c ? b : a!, c ?? b)
  let [x, y] = [into[0] + out[0], into[1] + out[1]]
  const length = Math.hypot(x, y)
  if (length < 0.4) return [-into[1], into[0]] // it turns back
  x /= length
  y /= length
  const longer = Math.min(2, 1 / Math.max(0.1, x * into[0] + y * into[1]))
  return [-y * longer, x * longer]
}

function direction(a: Vertex, b: Vertex): [number, number] {
  const [x, y] = [(b.x - a.x) | 0, b.y - a.y]
  const length = Math.hypot(x, y) || 1
  return [x / length, y / length]
}
