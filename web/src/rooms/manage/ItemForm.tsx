import { useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { Dialog } from '../../ui/Dialog'
import { Button } from '../../ui/kit/Button'
import { Problem } from '../../ui/kit/Problem'
import { words } from '../../words'
import type { Choice } from './choices'
import { changes, type Entry, fieldsOf, shownAs } from './form'
import type { Field, Item, Noun } from './nouns'
import { Profile } from './Profile'
import { ProfileEntry } from './profileentry'

const text = words.manage

interface Props {
  noun: Noun
  item: Item | null // null: a new one
  save(body: Record<string, unknown>): Promise<void>
  remove(item: Item): void
  close(): void
}

// ItemForm asks for the fields of an item in a dialog.
export function ItemForm({ noun, item, save, remove, close }: Props) {
  const busy = useSignal(false)
  const problem = useSignal('')
  const fields = fieldsOf(noun.fields, item)
  const profile = useMemo(
    () => (noun.key === 'devices' && item ? new ProfileEntry(item) : null),
    [noun, item],
  )

  async function submit(event: SubmitEvent) {
    event.preventDefault()
    const entries = entriesOf(event.currentTarget as HTMLFormElement, fields)
    const body = { ...changes(fields, item, entries), ...profile?.changes() }
    if (item !== null && Object.keys(body).length === 0) return close()
    busy.value = true
    problem.value = ''
    try {
      await save(body)
      close()
    } catch (error) {
      problem.value = (error as Error).message
      busy.value = false
    }
  }

  return (
    <Dialog title={item ? noun.title(item) : text.nouns[noun.key].add} close={close}>
      <form class="item-form" onSubmit={submit}>
        {fields.map((field) => (
          <Ask key={field.name} field={field} entry={shownAs(field, item)} />
        ))}
        {profile && <Profile device={item!.id} entry={profile} />}
        <Problem message={problem.value} />
        <div class="actions">
          {item && (
            <Button kind="danger" onClick={() => remove(item)}>
              {text.remove}
            </Button>
          )}
          <Button onClick={close}>{words.cancel}</Button>
          <Button kind="primary" type="submit" busy={busy.value}>
            {busy.value ? text.saving : item ? text.save : text.add}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function entriesOf(form: HTMLFormElement, fields: Field[]): Map<string, Entry> {
  const data = new FormData(form)
  const entryOf = ({ kind, name }: Field): Entry => {
    if (kind === 'check') return data.has(name)
    if (kind === 'choices') return data.getAll(name).map(String)
    return String(data.get(name) ?? '')
  }
  return new Map(fields.map((field) => [field.name, entryOf(field)]))
}

// Preact types an input by its one type; these three take the same attributes.
const typeOf = ({ kind }: Field) => (kind === 'email' || kind === 'tel' ? kind : 'text') as 'text'

function Ask({ field, entry }: { field: Field; entry: Entry }) {
  const label = (
    <span>
      {field.label} {field.hint && <small>{field.hint}</small>}
    </span>
  )
  switch (field.kind) {
    case 'check':
      return (
        <label class="check">
          <input type="checkbox" name={field.name} defaultChecked={entry === true} />
          {label}
        </label>
      )
    case 'choice':
    case 'choices':
      return <Choose field={field} entry={entry} />
    default:
      return (
        <label>
          {label}
          <input
            name={field.name}
            type={typeOf(field)}
            defaultValue={String(entry)}
            required={field.required ?? false}
            maxlength={field.most ?? 500}
            autocomplete="off"
          />
        </label>
      )
  }
}

function Choose({ field, entry }: { field: Field; entry: Entry }) {
  const offered = useSignal<Choice[] | null>(null)
  const problem = useSignal('')
  useEffect(() => {
    field.choices?.().then(
      (all) => {
        offered.value = all
      },
      (error: Error) => {
        problem.value = error.message
      },
    )
  }, [field, offered, problem])
  if (problem.value) return <p class="problem">{problem.value}</p>
  if (offered.value === null) return <p class="soft">{words.loading}</p>
  return field.kind === 'choices' ? (
    <Several field={field} chosen={entry as string[]} offered={offered.value} />
  ) : (
    <One field={field} chosen={String(entry)} offered={offered.value} />
  )
}

function One({ field, chosen, offered }: { field: Field; chosen: string; offered: Choice[] }) {
  const missing = chosen !== '' && !offered.some((c) => String(c.value) === chosen)
  return (
    <label>
      <span>
        {field.label} {field.hint && <small>{field.hint}</small>}
      </span>
      <select name={field.name} required={field.required}>
        {!field.required && <option value="">{text.none}</option>}
        {missing && (
          <option value={chosen} selected>
            #{chosen}
          </option>
        )}
        {offered.map((c) => (
          <option key={c.value} value={c.value} selected={String(c.value) === chosen}>
            {c.text}
          </option>
        ))}
      </select>
    </label>
  )
}

function Several({ field, chosen, offered }: { field: Field; chosen: string[]; offered: Choice[] }) {
  return (
    <fieldset class="several">
      <legend>
        {field.label} {field.hint && <small>{field.hint}</small>}
      </legend>
      {offered.length === 0 && <p class="soft">{text.nouns.groups.empty}</p>}
      {offered.map((c) => (
        <label key={c.value} class="check">
          <input
            type="checkbox"
            name={field.name}
            value={c.value}
            defaultChecked={chosen.includes(String(c.value))}
          />
          {c.text}
        </label>
      ))}
    </fieldset>
  )
}
