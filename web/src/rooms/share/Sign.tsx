import type { Shared } from '../../api/account'
import { Status } from '../../fleet/status'
import { Glyph } from '../../ui/Glyph'

export const statusOf: Record<Shared['state'], Status> = {
  moving: Status.Moving,
  idle: Status.Idle,
  stopped: Status.Stopped,
  unknown: Status.Offline,
}

// sign is the vehicle on the map: its shape says what it does, within a ring that is seen on any ground.
export function sign({ state, fix }: Shared) {
  return (
    <span class="share-sign">
      <Glyph status={statusOf[state]} heading={fix?.course_deg ?? 0} size={26} />
    </span>
  )
}
