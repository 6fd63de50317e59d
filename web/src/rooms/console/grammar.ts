// What the console's line understands: "/locate" and the like are commands that every family has its own words for;
// anything else is sent to the tracker as it is.
import type { Offer } from '../../api/console'
import type { CommandBody, CommandKind } from '../../api/protocols'
import { offeredKinds } from '../../sending'
import { words } from '../../words'
import { finish, holes, type Placeholder, rest } from './template'

export interface Suggestion {
  insert: string
  name: string
  help: string
  dangerous: boolean
  placeholders: readonly Placeholder[]
}

const risky: ReadonlySet<CommandKind> = new Set(['immobilise', 'server', 'apn'])

const forms: Partial<Record<CommandKind, string>> = {
  locate: '/locate',
  interval: '/interval {seconds}',
  output: '/output {number} {on}',
  immobilise: '/immobilise',
  release: '/release',
  reboot: '/reboot',
  server: '/server {host} {port}',
  apn: '/apn {apn}',
}
const defaults: Record<string, string> = { seconds: '30', number: '1', on: 'on' }

// suggestionsOf is all that can be completed: the tracker's own words first, then the commands of every family.
export function suggestionsOf(offer: Offer | null): Suggestion[] {
  const kinds = offer && [...offer.data, ...offer.sms]
  const templates = (offer?.templates ?? []).map((t) => ({
    insert: t.words,
    name: t.name,
    help: t.help,
    dangerous: t.dangerous,
    placeholders: t.placeholders,
  }))
  return [
    ...templates,
    ...offeredKinds(kinds)
      .filter((kind) => forms[kind])
      .map(ofKind),
  ]
}

function ofKind(kind: CommandKind): Suggestion {
  const insert = forms[kind]!
  const { placeholders } = words.console
  return {
    insert,
    name: words.sending.kinds[kind]!,
    help: words.console.anyLine,
    dangerous: risky.has(kind),
    placeholders: holes(insert).map(({ name }) => ({
      name,
      help: placeholders[name] ?? '',
      default: defaults[name] ?? '',
    })),
  }
}

// complete gives what fits what was typed, best first: words that go on as typed, then those that hold it anywhere.
// Nothing typed gives all.
export function complete(typed: string, all: readonly Suggestion[]): Suggestion[] {
  if (typed === '') return [...all]
  const wanted = typed.trim().toLowerCase()
  const going = all.filter((s) => (rest(s.insert, typed) ?? rest(s.insert.trimStart(), typed)) !== null)
  if (typed.startsWith('/') || wanted === '') return going
  const holding = all.filter(
    (s) => !going.includes(s) && `${s.insert} ${s.name} ${s.help}`.toLowerCase().includes(wanted),
  )
  return [...going, ...holding]
}

// followed is the suggestion whose words are being typed, once they can be no other's.
export function followed(typed: string, all: readonly Suggestion[]): Suggestion | null {
  if (typed.trim() === '') return null
  return all.find((s) => rest(s.insert, typed) !== null) ?? null
}

export type Meant = { body: CommandBody; text: string } | { problem: string }

// meant reads a line as the command that it stands for, or says what is wrong with it.
export function meant(typed: string, all: readonly Suggestion[]): Meant {
  const { problems } = words.console
  const { text, missing } = finish(typed, followed(typed, all)?.placeholders ?? [])
  if (text.trim() === '') return { problem: problems.empty }
  if (missing.length > 0) return { problem: problems.missing(missing.join(', ')) }
  if (!text.startsWith('/')) return { body: { kind: 'custom', text }, text }
  const body = kindBody(text.slice(1).trim().split(/\s+/))
  return body ? { body, text } : { problem: problems.unknown(text) }
}

function kindBody([kind, ...given]: string[]): CommandBody | null {
  const [first = '', second = '', third = ''] = given
  switch (kind) {
    case 'locate':
    case 'immobilise':
    case 'release':
    case 'reboot':
      return given.length === 0 ? { kind } : null
    case 'interval':
      return whole(first) ? { kind, every_s: Number(first) } : null
    case 'output':
      return whole(first) && /^(on|off)$/.test(second)
        ? { kind, output: Number(first), on: second === 'on' }
        : null
    case 'server':
      return first && whole(second) ? { kind, host: first, port: Number(second) } : null
    case 'apn':
      return first
        ? { kind, apn: first, ...(second && { user: second }), ...(third && { secret: third }) }
        : null
    default:
      return null
  }
}

const whole = (text: string): boolean => /^[1-9]\d*$/.test(text)

// isRisky tells what is asked about before the server has to ask: it knows more words that cut an engine than the page.
export function isRisky(body: CommandBody, typed: string, all: readonly Suggestion[]): boolean {
  return risky.has(body.kind) || all.some((s) => s.dangerous && rest(s.insert, typed) === '')
}
