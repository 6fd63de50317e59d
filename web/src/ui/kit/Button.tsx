import type { ButtonHTMLAttributes, ComponentChildren } from 'preact'
import { Icon, type IconName } from '../Icon'

interface Props extends Omit<ButtonHTMLAttributes, 'icon'> {
  kind?: 'primary' | 'danger' | 'quiet' | 'usual'
  icon?: IconName
  busy?: boolean // what it does is being done
  children?: ComponentChildren
}

// Button with an icon alone needs an aria-label.
export function Button({ kind = 'usual', icon, busy = false, children, ...rest }: Props) {
  const square = children ? '' : ' square'
  return (
    <button
      type="button"
      {...rest}
      class={`${kind}${square} ${rest.class ?? ''}`}
      disabled={busy || rest.disabled}
      aria-busy={busy}
    >
      {icon && <Icon name={icon} size={16} />}
      {children}
    </button>
  )
}
