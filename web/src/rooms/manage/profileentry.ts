// A device's profile in its form: how what it sends is read.
import { signal } from '@preact/signals'
import type { Protocol, TrialBody } from '../../api/protocols'
import type { Item } from './nouns'

const day = 86_400 // s

// secondsOf reads hours such as 2, -5,5 or +5:30; null if they are no offset of a clock.
export function secondsOf(text: string): number | null {
  const found = /^([+−-]?)(\d{1,2})(?:([:.,])(\d{1,3}))?$/.exec(text.trim())
  if (!found) return null
  const [, sign, hours, mark, rest = '0'] = found
  const fraction = mark === ':' ? Number(rest) / 60 : Number(`0.${rest}`)
  if (mark === ':' && (rest.length !== 2 || fraction >= 1)) return null
  const seconds = Math.round((Number(hours) + fraction) * 3600)
  if (seconds > day) return null
  return seconds === 0 ? 0 : sign === '-' || sign === '−' ? -seconds : seconds
}

// hoursText writes an offset as secondsOf reads it: 2, −5:30; a sign always where it stands behind UTC.
export function hoursText(seconds: number, signed = false): string {
  const minutes = Math.round(Math.abs(seconds) / 60)
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  const sign = seconds < 0 ? '−' : signed ? '+' : ''
  return sign + hours + (rest > 0 ? `:${String(rest).padStart(2, '0')}` : '')
}

type Options = Record<string, string>

// ProfileEntry is what the form holds of a profile.
export class ProfileEntry {
  readonly protocol = signal('') // '': any
  readonly model = signal('')
  readonly explicit = signal(false) // its clock's offset is said
  readonly hours = signal('')
  readonly options = signal<Options>({})

  constructor(private readonly item: Item) {
    this.protocol.value = String(item.protocol ?? '')
    this.model.value = String(item.model ?? '')
    this.take({ clock_offset_s: (item.clock_offset_s as number | null) ?? null, options: this.saved })
  }

  // take puts an offset and options in.
  take(of: { clock_offset_s: number | null; options: Options }): void {
    this.explicit.value = of.clock_offset_s !== null
    this.hours.value = of.clock_offset_s === null ? '' : hoursText(of.clock_offset_s)
    this.options.value = { ...of.options }
  }

  // speak chooses another protocol, whose options are others.
  speak(name: string): void {
    this.protocol.value = name
    this.options.value = name === this.item.protocol ? { ...this.saved } : {}
  }

  set(option: string, value: string, usual: string): void {
    const { [option]: _, ...rest } = this.options.value
    this.options.value = value === usual ? rest : { ...rest, [option]: value }
  }

  // offset is null for the usual one, undefined if what was typed is none.
  get offset(): number | null | undefined {
    if (!this.explicit.value) return null
    return secondsOf(this.hours.value) ?? undefined
  }

  // changes is what the API has to be told.
  changes(): Record<string, unknown> {
    const { item, offset } = this
    const body: Record<string, unknown> = {}
    const model = this.model.value.trim()
    if (this.protocol.value !== (item.protocol ?? '')) body.protocol = this.protocol.value
    if (model !== (item.model ?? '')) body.model = model
    if (offset !== undefined && offset !== (item.clock_offset_s ?? null)) body.clock_offset_s = offset
    if (!sameOptions(this.options.value, this.saved)) body.options = this.options.value
    return body
  }

  // trial is what is asked to be tried for so many seconds.
  trial(seconds: number): TrialBody {
    return {
      protocol: this.protocol.value,
      model: this.model.value.trim(),
      clock_offset_s: this.offset ?? null,
      options: this.options.value,
      wait_s: seconds,
    }
  }

  private get saved(): Options {
    return (this.item.options as Options | undefined) ?? {}
  }
}

function sameOptions(a: Options, b: Options): boolean {
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name])
}

// usualOf is an option's value where a profile does not name it.
export const usualOf = (option: Protocol['options'][number]): string => option.values?.[0] ?? ''
