// Bytes as people read them: rows of hex with their offsets and ASCII beside, and the byte that an error names.

export interface HexRow {
  offset: number // of the row's first byte
  bytes: string[] // two digits each
  ascii: string // a character a byte; a dot for what cannot be printed
}

// hexRows cuts hex, two digits a byte, into rows of so many bytes.
export function hexRows(hex: string, width: number): HexRow[] {
  const bytes = hex.match(/../g) ?? []
  const rows: HexRow[] = []
  for (let offset = 0; offset < bytes.length; offset += width) {
    const part = bytes.slice(offset, offset + width)
    rows.push({ offset, bytes: part, ascii: part.map(asciiOf).join('') })
  }
  return rows
}

function asciiOf(byte: string): string {
  const code = Number.parseInt(byte, 16)
  return code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : '·'
}

// byteNamed is where an error says "at byte N"; of several the last, which is the innermost. null: it names none.
export function byteNamed(error: string | null | undefined): number | null {
  const all = [...(error ?? '').matchAll(/\bat byte (\d+)/g)]
  return all.length > 0 ? Number(all.at(-1)![1]) : null
}

// A run of bytes of one row that are shown alike.
export interface HexRun {
  kind: 'plain' | 'named' | 'after' // after: what was not read any more
  gap: string // before its first byte
  hex: string
  ascii: string
}

// runsOf parts a row at the byte that an error names.
export function runsOf(row: HexRow, named: number | null): HexRun[] {
  const at = named === null ? row.bytes.length : Math.max(0, Math.min(row.bytes.length, named - row.offset))
  const isHere = named !== null && named >= row.offset && at < row.bytes.length
  const end = isHere ? at + 1 : at
  const runs: HexRun[] = []
  const add = (kind: HexRun['kind'], from: number, to: number) => {
    if (from < to)
      runs.push({
        kind,
        gap: gap(from),
        hex: row.bytes
          .slice(from, to)
          .map((byte, n) => (n > 0 ? gap(from + n) : '') + byte)
          .join(''),
        ascii: row.ascii.slice(from, to),
      })
  }
  add('plain', 0, at)
  add('named', at, end)
  add('after', end, row.bytes.length)
  return runs
}

// gap is what stands before a row's byte: nothing, a space, or a wider one after each eight.
const gap = (at: number): string => (at === 0 ? '' : at % 8 === 0 ? '  ' : ' ')

// decoded makes a list of paths and values of what a frame was understood to say; what is null or empty is left out.
export function decoded(value: unknown, path = ''): [string, string][] {
  if (value === null || value === undefined || value === '') return []
  if (Array.isArray(value) && value.every((v) => typeof v !== 'object')) {
    return value.length > 0 ? [[path, value.join(', ')]] : []
  }
  if (typeof value !== 'object') return [[path, String(value)]]
  const entries: [string, unknown][] = Array.isArray(value)
    ? value.map((v, n) => [String(n + 1), v])
    : Object.entries(value)
  return entries.flatMap(([name, inner]) => {
    const own = name === 'attributes' ? path : path ? `${path}.${name}` : name
    return decoded(inner, own)
  })
}
