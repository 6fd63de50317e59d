// Examples: the document's own where it has them, and otherwise made from the schemas.
import { type Content, type Document, type Operation, resolve, type Schema, variants } from './model'

const deepest = 6

const texts: Record<string, string> = {
  'date-time': '2026-03-14T09:26:53.589Z',
  date: '2026-03-14',
  email: 'dispatcher@example.org',
  uri: 'https://fleet.example.org/',
  uuid: '6f1c2c1e-6d0b-4c5e-9d9e-0d7f0b1f6a55',
  ipv4: '192.0.2.7',
}

// sample is a value that a schema allows.
export function sample(document: Document, given: Schema | undefined, depth = 0): unknown {
  const schema = resolve(document, given)
  const own = schema.example ?? schema.examples?.[0] ?? schema.default ?? schema.enum?.[0]
  if (own !== undefined) return own
  const form = variants(schema).forms[0] ?? {}
  if (form !== schema && (form.$ref || form.anyOf || form.oneOf)) return sample(document, form, depth)
  switch (form.type) {
    case 'object':
      return depth > deepest ? {} : object(document, form, depth)
    case 'array':
      return depth > deepest ? [] : [sample(document, form.items, depth + 1)]
    case 'integer':
    case 'number':
      return form.minimum ?? 1
    case 'boolean':
      return true
    case 'string':
      return texts[form.format ?? ''] ?? 'text'
    default:
      return null
  }
}

function object(document: Document, schema: Schema, depth: number): Record<string, unknown> {
  const result: Record<string, unknown> = {}
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    result[name] = sample(document, property, depth + 1)
  }
  return result
}

export interface Example {
  type: string // the media type
  text: string
}

// exampleOf writes the first media type's example; JSON is preferred.
export function exampleOf(document: Document, content: Content | undefined): Example | null {
  const types = Object.keys(content ?? {})
  const type = types.find((t) => t.includes('json')) ?? types[0]
  const media = type ? content![type] : undefined
  if (!type || !media) return null
  const named = Object.values(media.examples ?? {})[0]?.value
  const value = media.example ?? named ?? sample(document, media.schema)
  return { type, text: typeof value === 'string' ? value : JSON.stringify(value, null, 2) }
}

// curl is the operation as a line for a shell, with the token in a variable.
export function curl(document: Document, operation: Operation, origin: string): string {
  const { method, parameters = [], requestBody, security } = operation
  let path = operation.path
  const query: string[] = []
  for (const parameter of parameters) {
    const value = parameter.example ?? sample(document, parameter.schema)
    if (parameter.in === 'path') path = path.replace(`{${parameter.name}}`, encodeURIComponent(String(value)))
    else if (parameter.in === 'query' && parameter.required) {
      query.push(`${parameter.name}=${encodeURIComponent(String(value))}`)
    }
  }
  const url = `${origin}${path}${query.length > 0 ? `?${query.join('&')}` : ''}`
  const lines = [`curl ${method === 'get' ? '' : `-X ${method.toUpperCase()} `}'${url}'`]
  if (security?.some((s) => 'token' in s)) lines.push(`  -H "Authorization: Bearer $DROVER_TOKEN"`)
  const body = exampleOf(document, requestBody?.content)
  if (body) {
    lines.push(`  -H 'Content-Type: ${body.type}'`)
    lines.push(`  -d '${body.text.replaceAll("'", `'\\''`)}'`)
  }
  return lines.join(' \\\n')
}
