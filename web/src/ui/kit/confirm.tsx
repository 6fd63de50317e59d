import { signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { words } from '../../words'
import { Dialog } from '../Dialog'
import { Button } from './Button'
import { Field } from './Field'

interface Question {
  title: string
  text?: ComponentChildren
  action: string // what the confirming button says: "Delete 3 vehicles"
  danger?: boolean
  type?: string // a word that has to be typed first, for what cannot be undone
}

const asked = signal<(Question & { answer(yes: boolean): void }) | null>(null)
const typed = signal('')

// confirm asks before something is done that is hard to take back, and gives whether to do it.
export function confirm(question: Question): Promise<boolean> {
  asked.peek()?.answer(false)
  typed.value = ''
  return new Promise((resolve) => {
    asked.value = {
      ...question,
      answer(yes) {
        asked.value = null
        resolve(yes)
      },
    }
  })
}

export function Confirming() {
  const question = asked.value
  if (!question) return null
  const { title, text, action, danger, type, answer } = question
  const ready = !type || typed.value === type
  return (
    <Dialog title={title} close={() => answer(false)}>
      <form
        class="confirm"
        onSubmit={(event) => {
          event.preventDefault()
          if (ready) answer(true)
        }}
      >
        {text && <div>{text}</div>}
        {type && (
          <Field label={words.kit.typeToConfirm(type)}>
            <input
              value={typed.value}
              autocomplete="off"
              onInput={(event) => {
                typed.value = event.currentTarget.value
              }}
            />
          </Field>
        )}
        <div class="actions">
          <Button onClick={() => answer(false)}>{words.cancel}</Button>
          <Button type="submit" kind={danger ? 'danger' : 'primary'} disabled={!ready}>
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
