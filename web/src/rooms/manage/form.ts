// Between what a form holds and what the API takes.
import type { Field, Item } from './nouns'

export type Entry = string | boolean | string[]

// shownAs is what a field shows of an item; of a new one the empty field.
export function shownAs(field: Field, item: Item | null): Entry {
  const value = item?.[field.name] ?? nested(field.name, item)
  switch (field.kind) {
    case 'check':
      return value === true
    case 'choices':
      return ((value as number[] | null | undefined) ?? []).map(String)
    default:
      return value === undefined || value === null ? '' : String(value)
  }
}

// nested finds driver_id in {driver: {id}}.
function nested(name: string, item: Item | null): unknown {
  if (!name.endsWith('_id')) return undefined
  const inner = item?.[name.slice(0, -3)]
  return typeof inner === 'object' && inner !== null ? (inner as { id?: number }).id : undefined
}

// changes is what the API has to be told: of a new item all that was filled in, of an old one what is different.
export function changes(
  fields: Field[],
  item: Item | null,
  entries: Map<string, Entry>,
): Record<string, unknown> {
  const body: Record<string, unknown> = {}
  for (const field of fields) {
    const entry = entries.get(field.name)
    if (entry === undefined) continue
    const before = shownAs(field, item)
    if (same(entry, before)) continue
    if (item === null && entry === '') continue
    body[field.name] = written(field, entry)
  }
  return body
}

function same(a: Entry, b: Entry): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b
  return a.length === b.length && [...a].sort().join() === [...b].sort().join()
}

// written is an entry as the API takes it: 0 stands for none of a choice by id.
function written(field: Field, entry: Entry): unknown {
  if (Array.isArray(entry)) return entry.map(Number)
  if (typeof entry === 'boolean') return entry
  if (field.kind === 'choice' && field.name.endsWith('_id')) return Number(entry || 0)
  return entry.trim()
}

// fieldsOf leaves out what is only asked at another time.
export function fieldsOf(fields: Field[], item: Item | null): Field[] {
  return fields.filter((f) => !f.only || (f.only === 'new') === (item === null))
}
