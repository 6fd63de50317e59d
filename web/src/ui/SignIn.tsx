import { useSignal } from '@preact/signals'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { welcome } from '../account'
import { api, Problem } from '../api'
import { account } from '../api/account'
import { age } from '../format'
import { query } from '../route'
import { sessionEnded } from '../state'
import { language, languages, setLanguage, words } from '../words'
import { Icon } from './Icon'
import { Mark } from './Mark'

const codeRequired = '/problems/code-required'
const text = words.signIn

export function SignIn() {
  const problem = useSignal(sessionEnded.value ? text.ended : refused())
  const busy = useSignal(false)
  const asksCode = useSignal(false)
  const email = useRef<HTMLInputElement>(null)
  const password = useRef<HTMLInputElement>(null)
  const code = useRef<HTMLInputElement>(null)

  // Before the form is seen: later it could take the focus from where someone types already.
  useLayoutEffect(() => email.current?.focus(), [])
  useEffect(() => {
    document.title = `${text.heading} · ${words.title}`
  }, [])
  useEffect(() => code.current?.focus(), [asksCode.value])

  async function submit(event: Event) {
    event.preventDefault()
    busy.value = true
    problem.value = ''
    const typed = code.current?.value.replaceAll(' ', '')
    try {
      const answer = await api.signIn(email.current!.value.trim(), password.current!.value, typed)
      sessionEnded.value = false
      welcome(answer.user)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      if (error.type === codeRequired && !asksCode.value) asksCode.value = true
      else {
        problem.value = sentence(error, asksCode.value)
        const field = asksCode.value ? code : password
        field.current?.select()
      }
    } finally {
      busy.value = false
    }
  }

  return (
    <main class="sign-in">
      <form onSubmit={submit}>
        <Mark size={44} />
        <h1>{words.title}</h1>
        <p class="lead">{asksCode.value ? text.codeLead : text.lead}</p>
        <div class="stack" hidden={asksCode.value}>
          <label>
            {text.email}
            <input
              ref={email}
              type="email"
              name="email"
              autocomplete="username"
              required
              spellcheck={false}
            />
          </label>
          <label>
            {text.password}
            <input ref={password} type="password" name="password" autocomplete="current-password" required />
          </label>
        </div>
        {asksCode.value && (
          <label>
            {text.code}
            <input
              ref={code}
              name="code"
              inputmode="text"
              autocomplete="one-time-code"
              autocapitalize="none"
              maxLength={64}
              required
            />
            <small>{text.codeHint}</small>
          </label>
        )}
        <div role="alert">
          {problem.value && (
            <p class="problem">
              <Icon name="warning" size={16} />
              {problem.value}
            </p>
          )}
        </div>
        <button type="submit" class="primary" disabled={busy.value}>
          {busy.value ? text.busy : text.submit}
        </button>
        {asksCode.value ? (
          <button
            type="button"
            onClick={() => {
              asksCode.value = false
              problem.value = ''
            }}
          >
            {words.back}
          </button>
        ) : (
          <Provider />
        )}
      </form>
      <Languages />
    </main>
  )
}

// Provider offers to sign in with the account that people have elsewhere, if the operator has set that up.
function Provider() {
  const name = useSignal('')
  useEffect(() => {
    account.hello().then(
      (hello) => {
        name.value = hello.oidc?.name ?? ''
      },
      () => undefined, // the password does without
    )
  }, [name])
  if (!name.value) return null
  const back = encodeURIComponent(location.pathname + location.search)
  return (
    <>
      <p class="or">{text.or}</p>
      <a class="button" href={`/api/session/oidc?return=${back}`}>
        <Icon name="logIn" size={17} />
        {text.with(name.value)}
      </a>
    </>
  )
}

function Languages() {
  return (
    <nav class="languages" aria-label={text.language}>
      {Object.entries(languages).map(([code, name]) => (
        <button
          key={code}
          type="button"
          class="quiet"
          lang={code}
          aria-pressed={code === language}
          onClick={() => setLanguage(code)}
        >
          {name}
        </button>
      ))}
    </nav>
  )
}

// refused says why a provider did not let somebody in; the server has written it into the address.
function refused(): string {
  if (query.peek().get('problem') !== 'oidc') return ''
  return query.peek().get('detail') || text.refused
}

function sentence(error: Problem, code: boolean): string {
  if (error.status === 401) return code ? text.wrongCode : text.wrong
  if (error.status === 429)
    return text.tooMany(error.retryAfter ? text.inAWhile(age(error.retryAfter)) : text.later)
  return error.message
}
