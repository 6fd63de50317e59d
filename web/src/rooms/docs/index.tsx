import '../../css/docs.css'
import { useComputed, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { call } from '../../api'
import { Empty } from '../../ui/kit/Empty'
import { useLoad } from '../../ui/kit/load'
import { Page } from '../../ui/kit/Page'
import { Problem } from '../../ui/kit/Problem'
import { Progress } from '../../ui/kit/Progress'
import { words } from '../../words'
import type { RoomProps } from '../rooms'
import { type Document, find, type Group, groupsOf } from './model'
import { Described } from './Operation'

const text = words.docs

// Docs is the API, readable: drawn from the server's own OpenAPI document, and so never out of date.
export default function Docs({ rest }: RoomProps) {
  const read = useLoad((signal) => call<Document>('GET', '/api/openapi.json', undefined, { signal }))
  const search = useSignal('')
  const groups = useComputed(() => (read.data.value ? groupsOf(read.data.value) : []))
  const document = read.data.value
  const found = find(groups.value, search.value)
  const shown = found.find((g) => g.operations.some((o) => o.id === rest)) ?? found[0]
  useEffect(() => {
    if (document && rest) window.document.getElementById(rest)?.scrollIntoView()
  }, [document, rest])
  return (
    <Page
      title={text.title}
      lead={document ? text.version(document.info.version) : undefined}
      actions={
        <>
          <a class="button" href="/api/openapi.json">
            OpenAPI
          </a>
          <a class="button" href="/api/asyncapi.json">
            AsyncAPI
          </a>
        </>
      }
      wide
    >
      {document ? (
        <div class="docs">
          <nav aria-label={text.operations}>
            <input
              type="search"
              aria-label={text.search}
              placeholder={text.search}
              value={search.value}
              onInput={(event) => {
                search.value = event.currentTarget.value
              }}
            />
            <Contents groups={found} current={rest} />
          </nav>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys must reach it */}
          <section class="docs-text" tabIndex={0} aria-label={text.title}>
            {!rest && (
              <>
                <p class="docs-lead">{document.info.description}</p>
                <Start />
              </>
            )}
            {shown ? (
              <GroupText document={document} group={shown} />
            ) : (
              <Empty icon="search" title={text.none} lead={text.noneLead} />
            )}
          </section>
        </div>
      ) : (
        <div>
          <Problem message={read.problem.value} retry={read.reload} />
          {read.busy.value && <Progress label={words.loading} />}
        </div>
      )}
    </Page>
  )
}

// GroupText is the operations of one tag: all of them at once would be a page of many thousand lines.
function GroupText({ document, group }: { document: Document; group: Group }) {
  return (
    <section>
      <h2>{group.name}</h2>
      {group.description && <p>{group.description}</p>}
      {group.operations.map((operation) => (
        <Described key={operation.id} document={document} operation={operation} />
      ))}
    </section>
  )
}

function Contents({ groups, current }: { groups: Group[]; current: string }) {
  return (
    <div class="docs-contents">
      {groups.map((group) => (
        <section key={group.name}>
          <h2>{group.name}</h2>
          {group.operations.map((operation) => (
            <a
              key={operation.id}
              href={`/docs/${operation.id}`}
              aria-current={operation.id === current ? 'location' : undefined}
            >
              <span class="method" data-method={operation.method}>
                {operation.method === 'delete' ? 'del' : operation.method}
              </span>
              <span>{operation.summary ?? operation.path}</span>
            </a>
          ))}
        </section>
      ))}
    </div>
  )
}

function Start() {
  return (
    <section class="docs-start">
      <h2>{text.start}</h2>
      <ol>
        <li>
          {text.startToken} <a href="/settings/tokens">{words.settings.tabs.tokens}</a>
        </li>
        <li>
          {text.startKeep} <code>export DROVER_TOKEN=…</code>
        </li>
        <li>
          {text.startAsk}{' '}
          <code>curl -H "Authorization: Bearer $DROVER_TOKEN" {location.origin}/api/vehicles</code>
        </li>
      </ol>
    </section>
  )
}
