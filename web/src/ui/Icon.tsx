import { icons } from './icons'

export type IconName = keyof typeof icons

// Icon is decoration: the control that holds it says in words what it does.
export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <span
      class="icon"
      aria-hidden="true"
      style={{ width: `${size}px`, height: `${size}px` }}
      dangerouslySetInnerHTML={{ __html: icons[name] }}
    />
  )
}
