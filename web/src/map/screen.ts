import type { Map as MapLibre } from 'maplibre-gl'
import { mercatorX, mercatorY, worldUnits } from '../fleet/mercator'

const tileSize = 512

export interface Place {
  x: number // CSS pixels from the left
  y: number // and from the top
}

// Screen says where Mercator units are on a map that is not tilted. It may be turned.
export class Screen {
  readonly centreX: number
  readonly centreY: number
  readonly originX: number // where the centre is on the screen
  readonly originY: number
  readonly scale: number // pixels in a unit
  readonly cos: number // of the map's turn
  readonly sin: number
  readonly width: number
  readonly height: number

  constructor(map: MapLibre) {
    const centre = map.getCenter()
    const origin = map.project(centre)
    const canvas = map.getCanvas()
    const turn = (-map.getBearing() * Math.PI) / 180
    this.centreX = mercatorX(centre.lng)
    this.centreY = mercatorY(centre.lat)
    this.originX = origin.x
    this.originY = origin.y
    this.scale = (tileSize * 2 ** map.getZoom()) / worldUnits
    this.cos = Math.cos(turn) * this.scale
    this.sin = Math.sin(turn) * this.scale
    this.width = canvas.width / map.getPixelRatio() // clientWidth would have the whole page laid out
    this.height = canvas.height / map.getPixelRatio()
  }

  x(x: number, y: number): number {
    return this.originX + ((x - this.centreX) | 0) * this.cos - (y - this.centreY) * this.sin
  }

  y(x: number, y: number): number {
    return this.originY + ((x - this.centreX) | 0) * this.sin + (y - this.centreY) * this.cos
  }

  place(x: number, y: number): Place {
    return { x: this.x(x, y), y: this.y(x, y) }
  }

  holds(x: number, y: number, margin = 0): boolean {
    return x >= -margin && y >= -margin && x <= this.width + margin && y <= this.height + margin
  }
}
