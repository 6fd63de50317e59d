// The API's document, against which every request of the page is held: also those that a test answers itself, to which
// the server cannot say that it knows no such path.
import { readFileSync } from 'node:fs'

interface Operation {
  parameters?: { name: string; in: string }[]
}

const { paths } = JSON.parse(readFileSync(new URL('../api/openapi.json', import.meta.url), 'utf8')) as {
  paths: Record<string, Record<string, Operation>>
}

const known = Object.entries(paths).map(([path, operations]) => ({
  ...{ path, operations },
  names: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`),
  holes: path.split('{').length,
}))

// undocumented says what of a request the document does not know; '' if nothing, or if it is not for the API.
export function undocumented(method: string, { pathname, searchParams }: URL): string {
  if (!pathname.startsWith('/api/') || pathname === '/api/openapi.json') return ''
  const [found] = known.filter(({ names }) => names.test(pathname)).toSorted((a, b) => a.holes - b.holes)
  const operation = found?.operations[method.toLowerCase()]
  if (!found || !operation) return `${method} ${pathname}`
  const queries = (operation.parameters ?? []).filter((p) => p.in === 'query').map((p) => p.name)
  const strange = [...searchParams.keys()].filter((name) => !queries.includes(name))
  return strange.length > 0 ? `${method} ${found.path} with the query ${strange.join(', ')}` : ''
}
