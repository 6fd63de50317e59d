import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { api, Problem } from '../api'
import { age } from '../format'
import { sessionEnded, user } from '../state'
import { words } from '../words'
import { Icon } from './Icon'
import { Mark } from './Mark'

export function SignIn() {
  const problem = useSignal(sessionEnded.value ? words.signIn.ended : '')
  const busy = useSignal(false)
  const email = useRef<HTMLInputElement>(null)
  const password = useRef<HTMLInputElement>(null)

  useEffect(() => {
    email.current?.focus()
    document.title = `${words.signIn.heading} · ${words.title}`
  }, [])

  async function submit(event: Event) {
    event.preventDefault()
    busy.value = true
    problem.value = ''
    try {
      const answer = await api.signIn(email.current!.value.trim(), password.current!.value)
      sessionEnded.value = false
      user.value = answer.user
    } catch (error) {
      problem.value = sentence(error)
      password.current?.select()
    } finally {
      busy.value = false
    }
  }

  return (
    <main class="sign-in">
      <form onSubmit={submit}>
        <Mark size={44} />
        <h1>{words.title}</h1>
        <p class="lead">{words.signIn.lead}</p>
        <label>
          {words.signIn.email}
          <input ref={email} type="email" name="email" autocomplete="username" required spellcheck={false} />
        </label>
        <label>
          {words.signIn.password}
          <input ref={password} type="password" name="password" autocomplete="current-password" required />
        </label>
        <div role="alert">
          {problem.value && (
            <p class="problem">
              <Icon name="warning" size={16} />
              {problem.value}
            </p>
          )}
        </div>
        <button type="submit" class="primary" disabled={busy.value}>
          {busy.value ? words.signIn.busy : words.signIn.submit}
        </button>
      </form>
    </main>
  )
}

function sentence(error: unknown): string {
  if (!(error instanceof Problem)) throw error
  if (error.status === 401) return words.signIn.wrong
  if (error.status === 429)
    return words.signIn.tooMany(error.retryAfter ? `in ${age(error.retryAfter)}` : 'later')
  return error.message
}
