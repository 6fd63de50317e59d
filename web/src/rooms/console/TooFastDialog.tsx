import '../../css/console-plan.css'
import { speed } from '../../format'
import { isAdmin } from '../../state'
import { Dialog } from '../../ui/Dialog'
import { Icon } from '../../ui/Icon'
import { Button } from '../../ui/kit/Button'
import { words } from '../../words'
import type { TooFast } from './deliver'

const text = words.console

export const whyOf = ({ speed: now, limit }: TooFast): string => text.tooFastWhy(speed(now), speed(limit))

// TooFastDialog says that a command was held back, and what to do instead. Going against the limit is the lesser way
// out, and only for administrators.
export function TooFastDialog({ refused, close, force }: { refused: TooFast; close(): void; force(): void }) {
  return (
    <Dialog title={text.tooFast(refused.name)} close={close}>
      <div class="too-fast">
        <p>
          <Icon name="warning" size={20} />
          <b>{whyOf(refused)}</b>
        </p>
        <p>{text.tooFastWait}</p>
        <div class="actions">
          {isAdmin.value ? (
            <Button kind="quiet" class="override" onClick={force}>
              {text.override}
            </Button>
          ) : (
            <small>{text.overrideNot}</small>
          )}
          <Button kind="primary" onClick={close}>
            {text.understood}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
