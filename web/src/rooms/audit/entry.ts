import { words } from '../../words'

// Entry is one line of the audit log as the API writes it.
export interface Entry {
  id: number
  time: string
  user: { id: number; name: string } | null
  address: string
  action: string
  kind: string
  object_id: number
  text: string
  changes: Record<string, { from: unknown; to: unknown }> | null
}

// sentences says what was done in the reader's language, and then each change.
export function sentences(e: Entry): string[] {
  const { kinds, actions, change } = words.audit
  const what = [kinds[e.kind] ?? e.kind, e.text, actions[e.action] ?? e.action].filter(Boolean).join(' ')
  const changes = Object.entries(e.changes ?? {}).map(([field, { from, to }]) =>
    change(field.replaceAll('_', ' '), value(from), value(to)),
  )
  return [what, ...changes]
}

function value(v: unknown): string {
  if (v === null || v === undefined || v === '') return words.audit.nothing
  if (typeof v === 'boolean') return v ? words.manage.yes : words.manage.no
  return typeof v === 'object' ? JSON.stringify(v) : String(v)
}
