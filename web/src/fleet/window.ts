// Where rows of two heights stand: any row is found by arithmetic, so that only the visible ones need be drawn.

export interface Heights {
  row: number // px
  head: number
}

// headsBefore tells how many of the sorted numbers in heads are smaller than index.
function headsBefore(heads: readonly number[], index: number): number {
  let [low, high] = [0, heads.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (heads[middle]! < index) low = middle + 1
    else high = middle
  }
  return low
}

export function topOf(heads: readonly number[], index: number, heights: Heights): number {
  const before = headsBefore(heads, index)
  return before * heights.head + (index - before) * heights.row
}

// rowAt is the row that covers a distance from the top, of count rows.
export function rowAt(heads: readonly number[], count: number, top: number, heights: Heights): number {
  let [low, high] = [0, Math.max(0, count - 1)]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (topOf(heads, middle, heights) <= top) low = middle
    else high = middle - 1
  }
  return low
}

// headAbove is the nearest head at or before a row, -1 if there is none.
export function headAbove(heads: readonly number[], index: number): number {
  return heads[headsBefore(heads, index + 1) - 1] ?? -1
}
