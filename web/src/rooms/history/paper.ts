// What is printed beside the list: the map's picture.
import { signal } from '@preact/signals'
import { map } from './room'

export const printed = signal('') // the picture, as an address of data

async function draw(): Promise<void> {
  const picture = await map.peek()?.picture()
  if (!picture) return
  printed.value = picture
  const image = new Image()
  image.src = picture
  await image.decode().catch(() => undefined)
}

// printRoom draws the map for paper and then opens the browser's print dialog.
export async function printRoom(): Promise<void> {
  await draw()
  await new Promise((resolve) => requestAnimationFrame(resolve))
  window.print()
}
