// Templates are the words of a tracker's manual with {placeholders} in them, which people fill in one after another.

export interface Hole {
  name: string
  start: number
  end: number
}

export interface Placeholder {
  name: string
  help: string
  default: string
}

export interface Edit {
  text: string
  start: number // of what is selected afterwards
  end: number
}

const hole = /\{([^{}\s][^{}]*)\}/g

// holes gives the placeholders that are still in a text.
export function holes(text: string): Hole[] {
  return Array.from(text.matchAll(hole), (m) => ({
    name: m[1]!,
    start: m.index,
    end: m.index + m[0].length,
  }))
}

// accept puts a template's words in and selects the first placeholder, or the end.
export function accept(words: string): Edit {
  const first = holes(words)[0]
  return { text: words, start: first?.start ?? words.length, end: first?.end ?? words.length }
}

// tab goes on to the next placeholder. One that is left as it is gets its default, if it has one. null: there is none.
export function tab(text: string, start: number, end: number, known: readonly Placeholder[]): Edit | null {
  const left = holes(text)
  if (left.length === 0) return null
  const on = left.find((h) => h.start <= start && end <= h.end)
  const usual = on && known.find((p) => p.name === on.name)?.default
  const filled = on && usual ? text.slice(0, on.start) + usual + text.slice(on.end) : text
  const from = on ? (usual ? on.start + usual.length : on.end) : end
  const after = holes(filled)
  const next = after.find((h) => h.start >= from) ?? after[0]
  return next
    ? { text: filled, start: next.start, end: next.end }
    : { text: filled, start: filled.length, end: filled.length }
}

// finish fills what has a default in, and names what is still missing.
export function finish(text: string, known: readonly Placeholder[]): { text: string; missing: string[] } {
  const full = text.replace(hole, (whole, name) => known.find((p) => p.name === name)?.default || whole)
  return { text: full, missing: [...new Set(holes(full).map((h) => h.name))] }
}

// rest is what follows in a template after what was typed, or null if the typing has left it. What was typed for a
// placeholder reaches to the first character of the words behind it.
export function rest(words: string, typed: string): string | null {
  let at = 0
  let from = 0
  for (const { start, end } of holes(words)) {
    const literal = words.slice(from, start)
    const given = typed.slice(at, at + literal.length)
    if (!same(literal.slice(0, given.length), given)) return null
    if (given.length < literal.length) return words.slice(from + given.length)
    at += literal.length
    if (at >= typed.length) return words.slice(start)
    const stop = words[end]
    const until = stop === undefined ? -1 : typed.indexOf(stop, at)
    if (until < 0) return words.slice(end)
    at = until
    from = end
  }
  const literal = words.slice(from)
  const given = typed.slice(at)
  return given.length <= literal.length && same(literal.slice(0, given.length), given)
    ? literal.slice(given.length)
    : null
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()
