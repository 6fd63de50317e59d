// Which rows of a long list are in sight, so that only these are drawn.

export interface Rows {
  first: number
  end: number // one past the last
}

const margin = 8 // rows drawn outside of the view on either side

export function rowsInView(count: number, rowHeight: number, scrollTop: number, height: number): Rows {
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - margin)
  const end = Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + margin)
  return { first: Math.min(first, end), end }
}

// byKey compares what the rows are sorted by; texts by the language's rules, what is missing last.
export function byKey(collator: Intl.Collator, a: SortKey, b: SortKey): number {
  if (a === b) return 0
  if (a === null || a === '') return 1
  if (b === null || b === '') return -1
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return collator.compare(String(a), String(b))
}

export type SortKey = string | number | null
