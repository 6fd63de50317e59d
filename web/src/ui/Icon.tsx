import check from 'lucide-static/icons/check.svg?raw'
import chevronDown from 'lucide-static/icons/chevron-down.svg?raw'
import chevronLeft from 'lucide-static/icons/chevron-left.svg?raw'
import chevronUp from 'lucide-static/icons/chevron-up.svg?raw'
import user from 'lucide-static/icons/circle-user-round.svg?raw'
import keyboard from 'lucide-static/icons/keyboard.svg?raw'
import locate from 'lucide-static/icons/locate-fixed.svg?raw'
import logOut from 'lucide-static/icons/log-out.svg?raw'
import maximize from 'lucide-static/icons/maximize.svg?raw'
import minus from 'lucide-static/icons/minus.svg?raw'
import moon from 'lucide-static/icons/moon.svg?raw'
import plus from 'lucide-static/icons/plus.svg?raw'
import radio from 'lucide-static/icons/radio-tower.svg?raw'
import search from 'lucide-static/icons/search.svg?raw'
import sun from 'lucide-static/icons/sun.svg?raw'
import monitor from 'lucide-static/icons/sun-moon.svg?raw'
import warning from 'lucide-static/icons/triangle-alert.svg?raw'
import unplug from 'lucide-static/icons/unplug.svg?raw'
import x from 'lucide-static/icons/x.svg?raw'

const icons = {
  ...{
    check,
    chevronDown,
    chevronLeft,
    chevronUp,
    radio,
    keyboard,
    locate,
    logOut,
    maximize,
    minus,
    monitor,
    moon,
  },
  ...{ plus, search, sun, unplug, user, warning, x },
}

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
