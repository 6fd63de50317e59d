// Reads a CSV as the server does (RFC 4180), as far as a preview needs it.

// firstRows gives at most so many rows of a CSV, the first being the header.
export function firstRows(text: string, most: number): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0
  while (at < text.length && rows.length < most) {
    const [value, end] = text[at] === '"' ? quoted(text, at + 1) : plain(text, at)
    row.push(value)
    at = end
    if (text[at] === ',') {
      at++
      if (at < text.length) continue
      row.push('')
    }
    while (text[at] === '\r' || text[at] === '\n') at++
    rows.push(row)
    row = []
  }
  return rows
}

function plain(text: string, from: number): [string, number] {
  let at = from
  while (at < text.length && !',\r\n'.includes(text[at]!)) at++
  return [text.slice(from, at), at]
}

// quoted reads from behind the first quote to behind the last; two quotes in it stand for one.
function quoted(text: string, from: number): [string, number] {
  let value = ''
  let at = from
  for (;;) {
    const end = text.indexOf('"', at)
    if (end < 0) return [value + text.slice(at), text.length]
    value += text.slice(at, end)
    if (text[end + 1] !== '"') return [value, end + 1]
    value += '"'
    at = end + 2
  }
}
