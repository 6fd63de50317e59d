import { useId } from 'preact/hooks'
import { Icon, type IconName } from '../Icon'

interface Option<V extends string> {
  value: V
  text: string
  icon?: IconName
}

interface Props<V extends string> {
  label: string
  value: V
  options: readonly Option<V>[]
  choose(value: V): void
}

// Choice is one of a few, side by side.
export function Choice<V extends string>({ label, value, options, choose }: Props<V>) {
  const name = useId()
  return (
    <fieldset class="choice">
      <legend>{label}</legend>
      <div>
        {options.map((option) => (
          <label key={option.value}>
            <input
              type="radio"
              name={name}
              checked={option.value === value}
              onChange={() => choose(option.value)}
            />
            {option.icon && <Icon name={option.icon} size={16} />}
            {option.text}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
