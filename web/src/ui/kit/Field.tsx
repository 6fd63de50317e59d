import type { ComponentChildren } from 'preact'
import { words } from '../../words'

interface Props {
  label: string
  hint?: string | undefined
  problem?: string | undefined // what is wrong with what was typed
  optional?: boolean
  children: ComponentChildren // one input, select or textarea
}

// Field is a control with its label above, and below what helps to fill it or what is wrong with it.
export function Field({ label, hint, problem, optional, children }: Props) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is among the children
    <label class="field" data-wrong={Boolean(problem)}>
      <span>
        {label} {optional && <small>{words.kit.optional}</small>}
      </span>
      {children}
      {problem ? <em role="alert">{problem}</em> : hint ? <small>{hint}</small> : null}
    </label>
  )
}
