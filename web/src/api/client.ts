// The API as its document describes it: paths, parameters, bodies and answers are checked by their types.
import { type Answer, ask, type CallOptions } from './call'
import type { components, paths } from './schema'

// Schemas are the document's named ones: Schemas['Vehicle'].
export type Schemas = components['schemas']

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

// PathsOf are the paths that have a method.
type PathsOf<M extends Method> = {
  [P in keyof paths]: paths[P][M] extends object ? P : never
}[keyof paths]

type Part<O, Name extends string> = O extends { parameters: { [K in Name]?: infer V } }
  ? NonNullable<V>
  : never
type Json<C> = C extends { content: { 'application/json': infer V } } ? V : never
type Body<O> = O extends { requestBody?: infer B } ? Json<NonNullable<B>> : never

// Success is what an operation answers when it succeeds; undefined if that has no body.
export type Success<O> = O extends { responses: infer R }
  ? R extends { 200: infer A } | { 201: infer A }
    ? Json<A>
    : undefined
  : never

// A part that an operation does not have cannot be given; one that it needs must be.
type Needed<Name extends string, V> = [V] extends [never] ? { [K in Name]?: never } : { [K in Name]: V }
type Optional<Name extends string, V> = [V] extends [never] ? { [K in Name]?: never } : { [K in Name]?: V }
type Input<O> = CallOptions &
  Needed<'path', Part<O, 'path'>> &
  Optional<'query', Part<O, 'query'>> &
  Needed<'body', Body<O>>

// Nothing has to be said where nothing is needed.
type Given<O> = Record<never, never> extends Input<O> ? [input?: Input<O>] : [input: Input<O>]

// request asks for one operation and gives the answer with its ETag.
export function request<M extends Method, P extends PathsOf<M>>(
  method: M,
  path: P,
  ...[input]: Given<paths[P][M]>
): Promise<Answer<Success<paths[P][M]>>> {
  const { path: names, query, body, ...options }: Loose = input ?? {}
  return ask(method.toUpperCase(), address(path, names, query), body, options)
}

// answer is request for those who need no ETag.
export async function answer<M extends Method, P extends PathsOf<M>>(
  method: M,
  path: P,
  ...given: Given<paths[P][M]>
): Promise<Success<paths[P][M]>> {
  return (await request(method, path, ...given)).data
}

type Names = Record<string, string | number>
interface Loose extends CallOptions {
  path?: Names
  query?: Record<string, unknown>
  body?: unknown
}

// address fills a path's names in and adds the query; what is undefined is left out.
export function address(path: string, names: Names = {}, query: Record<string, unknown> = {}): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(String(names[name])))
  const parts = Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
  return parts.length > 0 ? `${filled}?${parts.join('&')}` : filled
}
