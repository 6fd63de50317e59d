import { words } from '../../words'
import { type Document, limitsOf, nameOf, resolve, type Schema, typeOf, variants } from './model'

const text = words.docs

interface Props {
  document: Document
  schema: Schema
  within?: readonly string[] // names of the schemas around it, which are not opened again
}

// Fields lists the members of an object, or of what an array holds; objects in them open on demand.
export function Fields({ document, schema, within = [] }: Props) {
  const inner = objectIn(document, schema)
  if (!inner) return <p class="type">{typeOf(document, schema)}</p>
  const around = inner.name ? [...within, inner.name] : within
  const members = Object.entries(inner.schema.properties ?? {})
  return (
    <dl class="fields-list">
      {members.map(([name, member]) => (
        <div key={name}>
          <dt>
            <code>{name}</code> <span class="type">{typeOf(document, member)}</span>
            {inner.schema.required?.includes(name) ? (
              <b class="needed">{text.required}</b>
            ) : (
              <small>{text.optional}</small>
            )}
          </dt>
          <dd>
            {member.description} <Limits schema={member} />
            <Opened document={document} schema={member} within={around} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Opened({ document, schema, within = [] }: Props) {
  const inner = objectIn(document, schema)
  if (!inner || Object.keys(inner.schema.properties ?? {}).length === 0) return null
  if (inner.name && within.includes(inner.name)) return null
  return (
    <details>
      <summary>{inner.name || text.members}</summary>
      <Fields
        document={document}
        schema={inner.schema}
        within={inner.name ? [...within, inner.name] : within}
      />
    </details>
  )
}

// objectIn finds the object that a schema is, or that it lists.
function objectIn(document: Document, schema: Schema): { name: string; schema: Schema } | null {
  for (const form of variants(schema).forms) {
    const to = resolve(document, form)
    if (to.type === 'array') return to.items ? objectIn(document, to.items) : null
    if (to.properties) return { name: nameOf(form), schema: to }
  }
  return null
}

export function Limits({ schema }: { schema: Schema }) {
  return (
    <>
      {limitsOf(schema).map((limit) => (
        <code key={limit} class="limit">
          {limit}
        </code>
      ))}
    </>
  )
}
