import type { Fleet } from '../fleet/store'
import type { Screen } from './screen'

export interface Found {
  slot: number
  distance: number // CSS pixels
}

// pick gives the vehicles within reach of a place on the screen, nearest first. It looks at all of them: 0.1 ms for
// 50,000, less than an index would cost to keep.
export function pick(
  fleet: Fleet,
  shown: Uint32Array,
  screen: Screen,
  at: { x: number; y: number },
  reach: number,
  progress: number,
  hidden: (slot: number) => boolean = () => false,
): Found[] {
  const found: Found[] = []
  for (const slot of shown) {
    if (!fleet.located(slot) || hidden(slot)) continue
    const [x, y] = [fleet.shownX(slot, progress), fleet.shownY(slot, progress)]
    const dx = screen.x(x, y) - at.x
    const dy = screen.y(x, y) - at.y
    const distance = Math.hypot(dx, dy)
    if (distance <= reach) found.push({ slot, distance })
  }
  return found.sort((a, b) => a.distance - b.distance)
}
