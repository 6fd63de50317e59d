import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'
import { welcome } from '../account'
import { api, Problem, whenSignedOut } from '../api'
import { signedOut } from '../desk'
import { showKept } from '../offline/snapshot'
import type { RoomProps } from '../rooms/rooms'
import { path } from '../route'
import { user } from '../state'
import { words } from '../words'
import { Frame } from './Frame'
import { lazy } from './lazy'
import { SignIn } from './SignIn'

const shared = /^\/share\/([^/]+)$/
const Share: ComponentType<RoomProps> = lazy(() => import('../rooms/share'))

export function App() {
  const token = shared.exec(path.value)?.[1]
  return token ? <Share rest={token} /> : <Own />
}

// Own is the page for those who have an account.
function Own() {
  useEffect(() => {
    whenSignedOut(signedOut)
    if (path.peek() === '/') {
      // Soon needed, but not to paint.
      requestAnimationFrame(() => {
        for (const load of [import('./Desk'), import('../map/map')]) load.catch(() => undefined)
      })
    }
    api.session().then(
      (answer) => {
        welcome(answer.user)
      },
      async (error: unknown) => {
        if (!(error instanceof Problem)) throw error
        const away = error.status === 0 || error.status >= 502
        if (!(away && (await showKept()))) user.value = null
      },
    )
  }, [])
  if (user.value === undefined) return <div class="splash">{words.title}</div>
  return user.value === null ? <SignIn /> : <Frame />
}
