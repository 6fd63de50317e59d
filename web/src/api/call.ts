// One call of the server's API, and what went wrong with it in words for people.
import { words } from '../words'

// Problem is an answer that was not a success, in words for people. status 0 means that none came.
export class Problem extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly retryAfter = 0, // s
    readonly type = '', // of the problem, as /problems/code-required
    readonly errors: { location?: string; message: string }[] = [],
    readonly more: Record<string, unknown> = {}, // all that the answer said, for what only one kind of problem has
  ) {
    super(message)
  }
}

let onSignedOut = () => {}

// whenSignedOut sets what is done when the server no longer knows the session.
export function whenSignedOut(then: () => void): void {
  onSignedOut = then
}

export interface CallOptions {
  signal?: AbortSignal | undefined
  ifMatch?: string | undefined // the ETag that a change is based on
  key?: string | undefined // Idempotency-Key of a POST
}

export interface Answer<T> {
  data: T
  etag: string | null
}

// ask calls the API and gives the answer with its ETag.
export async function ask<T>(
  method: string,
  path: string,
  body?: unknown,
  options: CallOptions = {},
): Promise<Answer<T>> {
  const { signal, ifMatch, key } = options
  const headers: Record<string, string> = { Accept: 'application/json' }
  if (body !== undefined && !(body instanceof Blob)) headers['Content-Type'] = 'application/json'
  if (ifMatch) headers['If-Match'] = ifMatch
  if (key) headers['Idempotency-Key'] = key
  const init: RequestInit = { method, headers, signal: signal ?? null }
  if (body !== undefined) init.body = body instanceof Blob ? body : JSON.stringify(body)
  const response = await fetch(path, init).catch((error: unknown) => {
    if (signal?.aborted) throw error
    throw new Problem(0, words.errors.unreachable)
  })
  if (!response.ok) throw await problemOf(response, path)
  const data = response.status === 204 ? undefined : await response.json()
  return { data: data as T, etag: response.headers.get('ETag') }
}

// call is ask for those who need no ETag.
export async function call<T>(
  method: string,
  path: string,
  body?: unknown,
  options?: CallOptions,
): Promise<T> {
  return (await ask<T>(method, path, body, options)).data
}

async function problemOf(response: Response, path: string): Promise<Problem> {
  const { status } = response
  const retryAfter = Number(response.headers.get('Retry-After')) || 0
  if (status === 401 && !path.startsWith('/api/session')) onSignedOut()
  const said = await response.json().catch(() => null)
  const first = said?.errors?.[0]?.message
  let text: string = first ?? said?.detail ?? words.errors.server(status)
  if (status === 403) text = words.errors.forbidden
  else if (status === 404) text = words.errors.gone
  else if (status === 412) text = words.errors.conflict
  else if (status >= 500) text = words.errors.server(status)
  const sentence = text.charAt(0).toUpperCase() + text.slice(1)
  return new Problem(status, sentence, retryAfter, said?.type ?? '', said?.errors ?? [], said ?? {})
}
