import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from '../Icon'

interface Props {
  icon: IconName
  title: string
  lead?: string | undefined
  action?: ComponentChildren // what to do next
}

// Empty stands where there is nothing yet, and says what to do about it.
export function Empty({ icon, title, lead, action }: Props) {
  return (
    <div class="nothing">
      <Icon name={icon} size={28} />
      <p>
        <b>{title}</b>
      </p>
      {lead && <p>{lead}</p>}
      {action}
    </div>
  )
}
