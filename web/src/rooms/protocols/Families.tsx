import type { Signal } from '@preact/signals'
import type { Protocol } from '../../api/protocols'
import { number } from '../../format'
import { Button } from '../../ui/kit/Button'
import { Empty } from '../../ui/kit/Empty'
import { Page } from '../../ui/kit/Page'
import { words } from '../../words'
import { findProtocols } from './find'

const text = words.protocols

// Families is the searchable list of all protocols.
export function Families({ all, search }: { all: Protocol[]; search: Signal<string> }) {
  const found = findProtocols(all, search.value)
  const clear = () => {
    search.value = ''
  }
  return (
    <Page title={text.title} lead={text.lead}>
      <div class="protocols-tools">
        <input
          type="search"
          aria-label={text.search}
          placeholder={text.search}
          value={search.value}
          onInput={(event) => {
            search.value = event.currentTarget.value
          }}
        />
        <span class="soft" role="status">
          {text.count(found.length, number(found.length))}
        </span>
      </div>
      {all.length === 0 ? (
        <Empty icon="radio" title={text.noneAtAll} />
      ) : found.length === 0 ? (
        <Empty
          icon="search"
          title={text.none}
          lead={text.noneLead}
          action={<Button onClick={clear}>{text.clear}</Button>}
        />
      ) : (
        <List found={found} />
      )}
    </Page>
  )
}

function List({ found }: { found: Protocol[] }) {
  return (
    <table class="families" aria-label={text.title}>
      <thead>
        <tr>
          {[text.family, text.makers, text.port, text.transports, text.commands].map((title) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {found.map((p) => (
          <tr key={p.name}>
            <th scope="row">
              <a href={`/protocols/${encodeURIComponent(p.name)}`}>{p.title}</a> <code>{p.name}</code>
            </th>
            <td title={p.makers}>
              <span>{p.makers}</span>
            </td>
            <td data-label={text.port}>
              {p.open_port === null ? (
                <span class="soft">{text.closed}</span>
              ) : (
                <b class="open">{p.open_port}</b>
              )}
            </td>
            <td data-label={text.transports}>{p.transports.join(', ').toUpperCase()}</td>
            <td data-label={text.commands}>{number(p.commands.length)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
