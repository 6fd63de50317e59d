import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import { api } from '../../api'
import type { Protocol } from '../../api/protocols'
import { user } from '../../state'
import { Icon } from '../../ui/Icon'
import { useLoad } from '../../ui/kit/load'
import { Page, Section } from '../../ui/kit/Page'
import { language, words } from '../../words'
import { operators } from '../rooms'

const text = words.protocols

// Guide is all that is known of a family.
export function Guide({ of }: { of: Protocol }) {
  useEffect(() => {
    document.title = `${of.title} · ${words.title}`
  }, [of])
  return (
    <Page
      title={of.title}
      lead={of.makers}
      actions={
        <a class="button" href="/protocols">
          <Icon name="chevronLeft" size={16} />
          {text.all}
        </a>
      }
    >
      <div class="guide-of">
        <Calls of={of} />
        <Reads of={of} />
        <Section title={text.replies}>
          <p>{of.replies}</p>
        </Section>
        <Commands of={of} />
        {of.options.length > 0 && <Options of={of} />}
        {of.notes.length > 0 && (
          <Section title={text.notes}>
            <Lines lines={of.notes} />
          </Section>
        )}
        <Section title={text.known}>
          <p>{of.known}</p>
        </Section>
        {of.papers.length > 0 && (
          <Section title={text.papers} lead={language === 'en' ? undefined : text.guides}>
            <Lines lines={of.papers} />
          </Section>
        )}
      </div>
    </Page>
  )
}

function Calls({ of }: { of: Protocol }) {
  const anyPort = useAnyPort()
  const facts: [string, ComponentChildren][] = [
    [text.portHere, of.open_port === null ? text.closed : <b class="open">{of.open_port}</b>],
    [text.usualPort, String(of.port)],
    [text.transports, of.transports.join(', ').toUpperCase()],
    [text.identity, of.identity],
    [text.clock, of.clock],
  ]
  return (
    <Section title={text.calls} lead={anyPort ? text.anyPortAt(String(anyPort)) : text.anyPort}>
      <dl class="guide-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}

// useAnyPort gives the one port for all, to those who may know the server's ports.
function useAnyPort(): number | undefined {
  const { data } = useLoad(async () => (operators(user.value!) ? await api.server() : null))
  return data.value?.protocols.find((p) => p.name === 'any')?.port
}

function Reads({ of }: { of: Protocol }) {
  return (
    <Section title={text.reads}>
      <table class="plain" aria-label={text.reads}>
        <thead>
          <tr>
            <th scope="col">{text.message}</th>
            <th scope="col">{text.meaning}</th>
          </tr>
        </thead>
        <tbody>
          {of.reads.map(({ message, meaning }) => (
            <tr key={message}>
              <th scope="row">{message}</th>
              <td>{meaning}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  )
}

function Commands({ of }: { of: Protocol }) {
  return (
    <Section title={text.commands} lead={text.commandsLead}>
      <Chips title={text.overLine} kinds={of.commands} />
      <Chips title={text.bySms} kinds={of.sms_commands} />
    </Section>
  )
}

function Chips({ title, kinds }: { title: string; kinds: string[] }) {
  return (
    <div class="chips">
      <h3>{title}</h3>
      {kinds.length === 0 ? (
        <p class="soft">{text.noCommands}</p>
      ) : (
        <ul aria-label={title}>
          {kinds.map((kind) => (
            <li key={kind} title={words.sending.kinds[kind]}>
              {words.sending.short[kind] ?? kind}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function Options({ of }: { of: Protocol }) {
  return (
    <Section title={text.options} lead={text.optionsLead}>
      <table class="plain" aria-label={text.options}>
        <thead>
          <tr>
            <th scope="col">{text.option}</th>
            <th scope="col">{text.about}</th>
            <th scope="col">{text.values}</th>
          </tr>
        </thead>
        <tbody>
          {of.options.map(({ name, about, values }) => (
            <tr key={name}>
              <th scope="row">
                <code>{name}</code>
              </th>
              <td>{about}</td>
              <td>
                {values
                  ? values.map((v, at) => (
                      <span key={v} class="value">
                        <code>{v || '""'}</code> {at === 0 && <small>{text.usualOne}</small>}
                      </span>
                    ))
                  : text.anyText}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  )
}

function Lines({ lines }: { lines: string[] }) {
  return (
    <ul class="lines">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}
