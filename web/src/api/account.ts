// What people do with their own account: signing in, its settings and its keys.
import { answer, type Schemas } from './client'

export type Session = Schemas['Session']
export type Token = Schemas['Token']
export type NewToken = Schemas['NewTokenInputBody'] & { scopes: Scope[] }
export type Link = Schemas['Link']
export type NewLink = Schemas['NewLinkInputBody']
export type Shared = Schemas['Shared']
export type Scope = Token['scopes'][number]

export const scopes: readonly Scope[] = [
  'fleet:read',
  'fleet:write',
  'history:read',
  'commands:send',
  'admin',
]

export const account = {
  hello: () => answer('get', '/api/hello'),
  change: (body: Schemas['SelfInputBody']) => answer('patch', '/api/session', { body }),
  changePassword: (current: string, next: string) =>
    answer('post', '/api/session/password', { body: { current, new: next } }),
  offerFactor: () => answer('post', '/api/session/totp'),
  confirmFactor: (code: string) => answer('put', '/api/session/totp', { body: { code } }),
  removeFactor: (password: string) => answer('delete', '/api/session/totp', { body: { password } }),
  sessions: (signal: AbortSignal) => answer('get', '/api/sessions', { signal }),
  endSession: (id: number) => answer('delete', '/api/sessions/{id}', { path: { id } }),
  tokens: (signal: AbortSignal) => answer('get', '/api/tokens', { signal }),
  addToken: (body: NewToken) => answer('post', '/api/tokens', { body }),
  revokeToken: (id: number) => answer('delete', '/api/tokens/{id}', { path: { id } }),
  links: (signal: AbortSignal) => answer('get', '/api/links', { signal }),
  addLink: (body: NewLink) => answer('post', '/api/links', { body }),
  endLink: (id: number) => answer('delete', '/api/links/{id}', { path: { id } }),
  shared: (token: string, signal: AbortSignal) =>
    answer('get', '/api/shared/{token}', { path: { token }, signal }),
}
