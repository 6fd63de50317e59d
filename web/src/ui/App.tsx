import { useEffect } from 'preact/hooks'
import { api, Problem, whenSignedOut } from '../api'
import { signedOut } from '../desk'
import { user } from '../state'
import { words } from '../words'
import { Desk } from './Desk'
import { SignIn } from './SignIn'

export function App() {
  useEffect(() => {
    whenSignedOut(signedOut)
    requestAnimationFrame(() => import('../map/map').catch(() => undefined)) // soon needed, but not to paint
    api.session().then(
      (answer) => {
        user.value = answer.user
      },
      (error: unknown) => {
        user.value = null
        if (!(error instanceof Problem)) throw error
      },
    )
  }, [])
  if (user.value === undefined) return <div class="splash">{words.title}</div>
  return user.value === null ? <SignIn /> : <Desk />
}
