// The signs on the map that are drawn once: the squares of stops, the marks of start and end.
import type { Map as MapLibre } from 'maplibre-gl'

const ratio = 2
const size = 22 // CSS pixels

export interface SignColours {
  fill: string
  now: string // of the stop that the clock is in
  outline: string
  start: string
  end: string
}

// addSigns gives the map its signs. They are drawn anew for other colours.
export function addSigns(map: MapLibre, colours: SignColours): void {
  const { fill, now, outline, start, end } = colours
  add(map, 'stop', (c) => square(c, fill, outline))
  add(map, 'stop-now', (c) => square(c, now, outline))
  add(map, 'start', (c) => {
    disc(c, outline, start)
    c.beginPath()
    c.moveTo(9, 7)
    c.lineTo(15.5, 11)
    c.lineTo(9, 15)
    c.fill()
  })
  add(map, 'end', (c) => {
    disc(c, outline, end)
    c.fillRect(7.5, 7.5, 7, 7)
  })
}

function square(c: CanvasRenderingContext2D, fill: string, outline: string): void {
  c.fillStyle = fill
  c.strokeStyle = outline
  c.lineWidth = 1.5
  c.beginPath()
  c.roundRect(1.5, 1.5, size - 3, size - 3, 4)
  c.fill()
  c.stroke()
}

function disc(c: CanvasRenderingContext2D, fill: string, ink: string): void {
  c.fillStyle = fill
  c.strokeStyle = ink
  c.lineWidth = 2.5
  c.beginPath()
  c.arc(size / 2, size / 2, size / 2 - 2, 0, 2 * Math.PI)
  c.fill()
  c.stroke()
  c.fillStyle = ink
}

function add(map: MapLibre, name: string, draw: (c: CanvasRenderingContext2D) => void): void {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = size * ratio
  const context = canvas.getContext('2d')!
  context.scale(ratio, ratio)
  draw(context)
  const image = context.getImageData(0, 0, canvas.width, canvas.height)
  if (map.hasImage(name)) map.removeImage(name)
  map.addImage(name, image, { pixelRatio: ratio })
}
