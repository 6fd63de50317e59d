import type { CommandField } from '../sending'
import { words } from '../words'

const text = words.sending

// CommandEntry asks for one thing that a command says.
export function CommandEntry({ field }: { field: CommandField }) {
  switch (field) {
    case 'text':
      return (
        <label>
          {text.text}
          <textarea class="mono" name="text" rows={2} maxlength={2000} required spellcheck={false} />
          <small>{text.textHint}</small>
        </label>
      )
    case 'every_s':
      return <Figure name={field} label={text.every} value={30} most={604_800} />
    case 'output':
      return <Figure name={field} label={text.output} value={1} most={16} />
    case 'port':
      return <Figure name={field} label={text.port} most={65_535} />
    case 'on':
      return (
        <label>
          {text.state}
          <select name="on">
            <option value="on">{text.on}</option>
            <option value="off">{text.off}</option>
          </select>
        </label>
      )
    case 'host':
      return <Line name={field} label={text.host} most={253} required />
    case 'apn':
      return <Line name={field} label={text.apn} most={100} required />
    default:
      return <Line name={field} label={text[field]} most={100} />
  }
}

interface FigureProps {
  name: string
  label: string
  most: number
  value?: number
}

function Figure({ name, label, most, value }: FigureProps) {
  return (
    <label>
      {label}
      <input
        type="number"
        name={name}
        min={1}
        max={most}
        required
        {...(value && { defaultValue: String(value) })}
      />
    </label>
  )
}

function Line({
  name,
  label,
  most,
  required = false,
}: {
  name: string
  label: string
  most: number
  required?: boolean
}) {
  return (
    <label>
      <span>
        {label} {!required && <small>{words.kit.optional}</small>}
      </span>
      <input name={name} maxlength={most} required={required} autocomplete="off" spellcheck={false} />
    </label>
  )
}
