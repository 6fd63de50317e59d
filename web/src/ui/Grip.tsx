import { useRef } from 'preact/hooks'
import { sheet } from '../state'
import { words } from '../words'

// Grip moves the phone's sheet: it is pulled by a finger or pressed as a button.
export function Grip() {
  const from = useRef<number | null>(null)
  const heights = ['low', 'half', 'full'] as const
  const move = (by: number) => {
    sheet.value = heights[Math.max(0, Math.min(2, heights.indexOf(sheet.value) + by))]!
  }
  const up = sheet.value !== 'full'
  return (
    <button
      type="button"
      class="grip"
      aria-label={up ? words.sheet.expand : words.sheet.collapse}
      onClick={() => (up ? move(1) : move(-2))}
      onPointerDown={(event) => {
        from.current = event.clientY
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerUp={(event) => {
        const pulled = event.clientY - (from.current ?? event.clientY)
        from.current = null
        if (Math.abs(pulled) > 20) {
          event.preventDefault()
          event.currentTarget.addEventListener('click', (click) => click.stopImmediatePropagation(), {
            capture: true,
            once: true,
          })
          move(pulled < 0 ? 1 : -1)
        }
      }}
    />
  )
}
