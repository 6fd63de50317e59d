import { words } from '../../words'
import { Copyable } from './Copyable'
import { Fields, Limits } from './Fields'
import type { Document, Operation as Op, Parameter } from './model'
import { typeOf } from './model'
import { curl, exampleOf } from './sample'

const text = words.docs

interface Props {
  document: Document
  operation: Op
}

// Described is one operation: what it does and takes at the left, how it is called and answers at the right.
export function Described({ document, operation }: Props) {
  const { id, method, path, summary, description, parameters = [], requestBody } = operation
  const body = Object.values(requestBody?.content ?? {})[0]?.schema
  return (
    <article id={id} class="operation">
      <div>
        <h3>{summary ?? path}</h3>
        <p class="call">
          <span class="method" data-method={method}>
            {method}
          </span>
          <code>{path}</code>
        </p>
        {description && <p>{description}</p>}
        <p class="soft">{access(operation)}</p>
        {parameters.length > 0 && (
          <>
            <h4>{text.parameters}</h4>
            <dl class="fields-list">
              {parameters.map((p) => (
                <One key={p.in + p.name} document={document} parameter={p} />
              ))}
            </dl>
          </>
        )}
        {body && (
          <>
            <h4>{text.body}</h4>
            <Fields document={document} schema={body} />
          </>
        )}
        <Answers document={document} operation={operation} />
      </div>
      <div class="code">
        <Copyable title="curl" code={curl(document, operation, location.origin)} />
        <Shown document={document} operation={operation} />
      </div>
    </article>
  )
}

function One({ document, parameter }: { document: Document; parameter: Parameter }) {
  const { name, required, description, schema, in: where } = parameter
  return (
    <div>
      <dt>
        <code>{name}</code> <span class="type">{typeOf(document, schema)}</span>
        {required ? <b class="needed">{text.required}</b> : <small>{text.places[where]}</small>}
      </dt>
      <dd>
        {description} {schema && <Limits schema={schema} />}
      </dd>
    </div>
  )
}

function access({ security }: Op): string {
  if (!security || security.length === 0) return text.open
  return security.some((s) => 'token' in s) ? text.tokenOrSession : text.sessionOnly
}

function Answers({ document, operation }: Props) {
  const answers = Object.entries(operation.responses ?? {})
  return (
    <>
      <h4>{text.answers}</h4>
      <dl class="fields-list">
        {answers.map(([status, answer]) => {
          const types = Object.keys(answer.content ?? {})
          const schema = Object.values(answer.content ?? {})[0]?.schema
          return (
            <div key={status}>
              <dt>
                <code>{status === 'default' ? text.otherwise : status}</code>{' '}
                <span class="type">{types.join(', ')}</span>
              </dt>
              <dd>
                {status === 'default' ? text.problem : answer.description}
                {schema && status !== 'default' && (
                  <details>
                    <summary>{typeOf(document, schema) || text.members}</summary>
                    <Fields document={document} schema={schema} />
                  </details>
                )}
              </dd>
            </div>
          )
        })}
      </dl>
    </>
  )
}

// Shown is what a success looks like.
function Shown({ document, operation }: Props) {
  const success = Object.entries(operation.responses ?? {}).find(([status]) => status.startsWith('2'))
  const example = exampleOf(document, success?.[1].content)
  if (!success || !example) return null
  return <Copyable title={`${success[0]} · ${example.type}`} code={example.text} />
}
