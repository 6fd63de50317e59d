// Finds protocols by anything that their guides say.
import type { Protocol } from '../../api/protocols'
import { plainText } from '../../fleet/search'

// textOf is what a search looks through, apart from a family's title and name, which count more.
function textOf(p: Protocol): string {
  const reads = p.reads.flatMap((r) => [r.message, r.meaning])
  const ports = [p.port, p.open_port ?? ''].map(String)
  const all = [p.title, p.name, p.makers, ...ports, ...p.transports, ...p.commands, ...reads, ...p.papers]
  return plainText(all.join(' '))
}

// findProtocols gives those that contain every word, those first whose title or name begins with what was typed.
export function findProtocols(all: Protocol[], typed: string): Protocol[] {
  const words = plainText(typed).split(/\s+/).filter(Boolean)
  const found = all.filter((p) => {
    const text = textOf(p)
    return words.every((word) => text.includes(word))
  })
  const first = words[0] ?? ''
  const rank = (p: Protocol): number => {
    const [title, name] = [plainText(p.title), plainText(p.name)]
    return title.startsWith(first) || name.startsWith(first) ? 0 : title.includes(first) ? 1 : 2
  }
  return found.sort((a, b) => rank(a) - rank(b) || a.title.localeCompare(b.title))
}
