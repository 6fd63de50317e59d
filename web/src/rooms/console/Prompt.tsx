import '../../css/console-prompt.css'
import { useSignal } from '@preact/signals'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { lines, type Offer, type Wish } from '../../api/console'
import { promptWanted } from '../../messages'
import { Button } from '../../ui/kit/Button'
import { words } from '../../words'
import { complete, followed, type Suggestion } from './grammar'
import { recall } from './recall'
import { Suggestions } from './Suggestions'
import { accept, type Edit, rest, tab } from './template'
import { goesBy } from './way'

const text = words.console

export interface Typed {
  typed: string
  wish: Wish
  ttl: number // s
}

interface Props {
  name: string // of the vehicle or group
  suggestions: Suggestion[]
  offer: Offer | null // of a group: null, as each vehicle has its own
  group: boolean
  busy: boolean
  problem: string
  send(typed: Typed): Promise<boolean> // whether it went, so that the line is empty again
}

// Prompt is the line in which commands are typed, with completion, history, and the choice of the way they go.
export function Prompt({ name, suggestions, offer, group, busy, problem, send }: Props) {
  const field = useRef<HTMLInputElement>(null)
  const typed = useSignal('')
  const listed = useSignal(false)
  const at = useSignal(-1) // of the list; −1: the line itself
  const wish = useSignal<Wish>('auto')
  const ttl = useSignal(86_400)
  const caret = useRef<Edit | null>(null)

  const fitting = listed.value ? complete(typed.value, suggestions) : []
  const active = Math.min(at.value, fitting.length - 1)
  const own = followed(typed.value, suggestions)
  const ghost = own && typed.value ? (rest(own.insert, typed.value) ?? '') : ''

  // At once: what is typed next must find the caret where it belongs.
  useLayoutEffect(() => {
    if (caret.current) field.current?.setSelectionRange(caret.current.start, caret.current.end)
    caret.current = null
  }, [typed.value])

  useEffect(() => {
    if (!promptWanted.value) return
    promptWanted.value = false
    field.current?.focus()
  }, [promptWanted.value])

  const edit = (change: Edit) => {
    caret.current = change
    if (typed.value === change.text) field.current?.setSelectionRange(change.start, change.end)
    typed.value = change.text
  }
  const take = (suggestion: Suggestion) => {
    edit(accept(suggestion.insert))
    listed.value = false
    at.value = -1
    field.current?.focus()
  }
  const earlier = (line: string | null) => {
    if (line !== null) edit({ text: line, start: line.length, end: line.length })
    listed.value = false
  }
  const submit = async () => {
    const line = typed.value
    listed.value = false
    if (!(await send({ typed: line, wish: wish.value, ttl: ttl.value }))) return
    recall.push(line)
    if (typed.value === line) typed.value = ''
  }
  // onTab completes, or goes on to the next placeholder; where neither is to do, Tab leaves the line.
  const onTab = (): boolean => {
    const { selectionStart, selectionEnd } = field.current!
    const next = tab(typed.value, selectionStart ?? 0, selectionEnd ?? 0, own?.placeholders ?? [])
    if (active >= 0) take(fitting[active]!)
    else if (next) edit(next)
    else if (typed.value && ghost) take(own!)
    else if (typed.value && fitting.length > 0 && fitting[0]!.insert !== typed.value) take(fitting[0]!)
    else return false
    return true
  }
  const keys: Record<string, () => boolean> = {
    Tab: onTab,
    Enter: () => {
      if (active >= 0) take(fitting[active]!)
      else submit()
      return true
    },
    ArrowDown: () => {
      if (!listed.value && recall.newer === undefined) return false
      if (listed.value || typed.value === '') {
        listed.value = true
        at.value = Math.min(active + 1, complete(typed.value, suggestions).length - 1)
      } else earlier(recall.newer())
      return true
    },
    ArrowUp: () => {
      if (active >= 0) at.value = active - 1
      else earlier(recall.older(typed.value))
      return true
    },
    Escape: () => {
      if (listed.value) listed.value = false
      else field.current!.blur()
      at.value = -1
      return true
    },
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.shiftKey && event.key === 'Tab') return
    if (!keys[event.key]?.()) return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <form
      class="prompt"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      {listed.value && fitting.length > 0 && <Suggestions list={fitting} active={active} take={take} />}
      <span class="target">
        {text.to} <b>{name}</b>
      </span>
      <span class="typed">
        <span class="ghost" aria-hidden="true">
          <i>{typed.value}</i>
          {ghost}
          {own && <small>{own.help || own.name}</small>}
        </span>
        <input
          ref={field}
          id="console-input"
          type="text"
          role="combobox"
          aria-label={text.input(name)}
          aria-expanded={listed.value && fitting.length > 0}
          aria-controls="console-suggestions"
          aria-autocomplete="list"
          aria-activedescendant={active >= 0 ? `suggestion-${active}` : undefined}
          aria-describedby="console-way"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          maxlength={2000}
          placeholder={text.placeholder}
          value={typed.value}
          onInput={(event) => {
            typed.value = event.currentTarget.value
            listed.value = typed.value !== ''
            at.value = -1
          }}
          onKeyDown={onKeyDown}
          onBlur={() => {
            listed.value = false
            at.value = -1
          }}
        />
        <kbd>/</kbd>
      </span>
      <span class="choices">
        <Way wish={wish.value} offer={offer} group={group} choose={(to) => (wish.value = to)} />
        <select
          aria-label={text.ttl}
          title={text.ttl}
          value={String(ttl.value)}
          onChange={(event) => {
            ttl.value = Number(event.currentTarget.value)
          }}
        >
          {Object.entries(text.ttls).map(([seconds, name]) => (
            <option key={seconds} value={seconds}>
              {name}
            </option>
          ))}
        </select>
        <Button kind="primary" type="submit" busy={busy} onPointerDown={(event) => event.preventDefault()}>
          {text.send} <kbd>Enter</kbd>
        </Button>
      </span>
      <p class="way" id="console-way" role="status" data-wrong={problem !== ''}>
        {problem || goesBy(offer, wish.value, group)}
      </p>
    </form>
  )
}

interface WayProps {
  wish: Wish
  offer: Offer | null
  group: boolean
  choose(to: Wish): void
}

function Way({ wish, offer, group, choose }: WayProps) {
  const barred = (line: Wish): boolean =>
    !group && offer !== null && (line === 'sms' || line === 'wake') && (!offer.phone || !offer.sms_ready)
  return (
    <select
      aria-label={text.line}
      title={text.line}
      value={wish}
      onChange={(event) => choose(event.currentTarget.value as Wish)}
    >
      {(['auto', ...lines] as const).map((line) => (
        <option key={line} value={line} disabled={barred(line)}>
          {text.lines[line]}
        </option>
      ))}
    </select>
  )
}
