import type { Map as MapLibre } from 'maplibre-gl'
import { mercatorX, mercatorY, worldUnits } from '../fleet/mercator'

const tileSize = 512

// Screen says where Mercator units are on a map that is neither tilted nor turned, in CSS pixels from the top left.
export class Screen {
  readonly centreX: number
  readonly centreY: number
  readonly originX: number // where the centre is on the screen
  readonly originY: number
  readonly scale: number // pixels in a unit
  readonly width: number
  readonly height: number

  constructor(map: MapLibre) {
    const centre = map.getCenter()
    const origin = map.project(centre)
    const canvas = map.getCanvas()
    this.centreX = mercatorX(centre.lng)
    this.centreY = mercatorY(centre.lat)
    this.originX = origin.x
    this.originY = origin.y
    this.scale = (tileSize * 2 ** map.getZoom()) / worldUnits
    this.width = canvas.clientWidth
    this.height = canvas.clientHeight
  }

  x(x: number): number {
    return this.originX + ((x - this.centreX) | 0) * this.scale
  }

  y(y: number): number {
    return this.originY + (y - this.centreY) * this.scale
  }

  holds(x: number, y: number, margin = 0): boolean {
    return x >= -margin && y >= -margin && x <= this.width + margin && y <= this.height + margin
  }
}
