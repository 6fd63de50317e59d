// The OpenAPI 3.1 document, as far as the page reads it, and what is drawn from it.

export interface Schema {
  $ref?: string
  type?: string | string[]
  format?: string
  description?: string
  enum?: unknown[]
  default?: unknown
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  pattern?: string
  maxItems?: number
  items?: Schema
  properties?: Record<string, Schema>
  additionalProperties?: boolean | Schema
  required?: string[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  example?: unknown
  examples?: unknown[]
}

export interface Parameter {
  name: string
  in: 'path' | 'query' | 'header' | 'cookie'
  required?: boolean
  description?: string
  schema?: Schema
  example?: unknown
}

export type Content = Record<
  string,
  { schema?: Schema; example?: unknown; examples?: Record<string, { value: unknown }> }
>

interface Answer {
  description?: string
  content?: Content
}

export interface RawOperation {
  operationId?: string
  summary?: string
  description?: string
  tags?: string[]
  parameters?: Parameter[]
  requestBody?: { required?: boolean; content: Content }
  responses?: Record<string, Answer>
  security?: Record<string, string[]>[]
}

export interface Document {
  info: { title: string; version: string; description?: string }
  tags?: { name: string; description?: string }[]
  paths: Record<string, Record<string, RawOperation>>
  components?: { schemas?: Record<string, Schema> }
}

export interface Operation extends RawOperation {
  id: string
  method: string
  path: string
}

export interface Group {
  name: string
  description: string
  operations: Operation[]
}

const methods = ['get', 'post', 'put', 'patch', 'delete']

// groupsOf lists the operations under their tags: those that the document names first, then the others.
export function groupsOf(document: Document): Group[] {
  const groups = new Map<string, Group>()
  for (const { name, description = '' } of document.tags ?? []) {
    groups.set(name, { name, description, operations: [] })
  }
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of methods) {
      const raw = item[method]
      if (!raw) continue
      const name = raw.tags?.[0] ?? ''
      const group = groups.get(name) ?? { name, description: '', operations: [] }
      groups.set(name, group)
      group.operations.push({ ...raw, id: raw.operationId ?? `${method}-${path}`, method, path })
    }
  }
  return [...groups.values()].filter((g) => g.operations.length > 0)
}

// find leaves the operations in which every word of a search is.
export function find(groups: Group[], search: string): Group[] {
  const parts = search.toLowerCase().split(/\s+/).filter(Boolean)
  if (parts.length === 0) return groups
  return groups
    .map((group) => ({
      ...group,
      operations: group.operations.filter((o) => {
        const names = (o.parameters ?? []).map((p) => p.name).join(' ')
        const text = `${group.name} ${o.id} ${o.method} ${o.path} ${o.summary} ${o.description} ${names}`
        return parts.every((part) => text.toLowerCase().includes(part))
      }),
    }))
    .filter((group) => group.operations.length > 0)
}

export function resolve(document: Document, schema: Schema | undefined): Schema {
  const name = schema?.$ref?.split('/').at(-1)
  return (name ? document.components?.schemas?.[name] : schema) ?? {}
}

// nameOf is what a schema is called in the document, '' if it has no name.
export const nameOf = (schema: Schema | undefined): string => schema?.$ref?.split('/').at(-1) ?? ''

// variants are the other forms that a value may have, without null, and whether it may be null.
export function variants(schema: Schema): { forms: Schema[]; nullable: boolean } {
  const listed = schema.anyOf ?? schema.oneOf
  if (listed) {
    const forms = listed.filter((s) => s.type !== 'null')
    return { forms, nullable: forms.length < listed.length }
  }
  const types = Array.isArray(schema.type) ? schema.type : schema.type ? [schema.type] : []
  const forms = types.filter((t) => t !== 'null').map((type) => ({ ...schema, type }))
  return { forms: forms.length > 0 ? forms : [schema], nullable: types.includes('null') }
}

// typeOf says in a few words what a value is: "integer", "array of Device", "string or null".
export function typeOf(document: Document, schema: Schema | undefined): string {
  if (!schema) return ''
  const { forms, nullable } = variants(schema)
  const texts = forms.map((form) => formOf(document, form))
  if (nullable) texts.push('null')
  return [...new Set(texts)].join(' or ')
}

function formOf(document: Document, form: Schema): string {
  if (form.$ref) {
    const to = resolve(document, form)
    return to.type === 'object' ? nameOf(form) : typeOf(document, to)
  }
  if (form.type === 'array') return `array of ${typeOf(document, form.items) || 'any'}`
  if (form.enum) return form.enum.map((v) => JSON.stringify(v)).join(' | ')
  const type = typeof form.type === 'string' ? form.type : 'any'
  return form.format && form.format !== 'int64' ? `${type} (${form.format})` : type
}

// limitsOf says what a value is held to: "1 … 1000", "at most 100 characters" and so on, in signs.
export function limitsOf(schema: Schema): string[] {
  const limits: string[] = []
  const { minimum, maximum, minLength, maxLength, pattern, default: usual } = schema
  if (minimum !== undefined || maximum !== undefined) limits.push(`${minimum ?? ''} … ${maximum ?? ''}`)
  if (minLength !== undefined || maxLength !== undefined)
    limits.push(`length ${minLength ?? 0} … ${maxLength ?? ''}`)
  if (pattern) limits.push(pattern)
  if (usual !== undefined) limits.push(`= ${JSON.stringify(usual)}`)
  return limits.map((text) => text.trim())
}
