import { words } from '../../words'
import { Icon } from '../Icon'
import { Button } from './Button'

interface Props {
  message: string | undefined
  retry?: (() => void) | undefined
}

// Problem says in words what went wrong, and offers to try again. Without a message it takes no room.
export function Problem({ message, retry }: Props) {
  return (
    <div role="alert">
      {message && (
        <div class="trouble">
          <Icon name="warning" size={17} />
          <p>{message}</p>
          {retry && <Button onClick={retry}>{words.retry}</Button>}
        </div>
      )}
    </div>
  )
}
