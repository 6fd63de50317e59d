import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'

interface Props {
  id: string
  label: string
  button: ComponentChildren // what it says begins with the label, if only for those who cannot see it
  title?: string
  class?: string
  opened?: (() => void) | undefined
  closed?: (() => void) | undefined
  children: ComponentChildren
}

const edge = 8 // px kept free around it

// Popover is a button and what it opens below itself (above, where there is no room).
export function Popover({ id, label, button, title, class: kind = '', opened, closed, children }: Props) {
  const opener = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const place = () => {
    const box = opener.current!.getBoundingClientRect()
    const { style, offsetWidth, offsetHeight } = panel.current!
    const left = Math.min(box.left, innerWidth - offsetWidth - edge)
    const below = box.bottom + 6
    const above = box.top - 6 - offsetHeight
    const top = below + offsetHeight > innerHeight - edge && above > edge ? above : below
    style.left = `${Math.max(edge, left)}px`
    style.top = `${Math.max(edge, Math.min(top, innerHeight - offsetHeight - edge))}px`
  }
  return (
    <>
      <button type="button" class={kind} ref={opener} popovertarget={id} title={title}>
        {button}
      </button>
      <div
        id={id}
        ref={panel}
        class="popover"
        popover="auto"
        role="dialog"
        aria-label={label}
        onToggle={(event) => {
          if (event.newState !== 'open') {
            closed?.()
            return
          }
          opened?.()
          requestAnimationFrame(place)
        }}
      >
        {children}
      </div>
    </>
  )
}

export function closePopover(id: string): void {
  const panel = document.getElementById(id)
  if (panel?.matches(':popover-open')) panel.hidePopover()
}
