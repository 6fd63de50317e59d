import '../../css/profile.css'
import type { Protocol } from '../../api/protocols'
import { readProtocols } from '../../api/protocols'
import { useLoad } from '../../ui/kit/load'
import { Problem } from '../../ui/kit/Problem'
import { words } from '../../words'
import { type ProfileEntry, secondsOf, usualOf } from './profileentry'
import { TryIt } from './TryIt'

const text = words.profile
const f = words.manage.fields

interface Props {
  device: number
  entry: ProfileEntry
}

// Profile asks how what a device sends is to be read, and tries it on what it sends now.
export function Profile({ device, entry }: Props) {
  const { data, problem, reload } = useLoad(readProtocols)
  const own = data.value?.find((p) => p.name === entry.protocol.value)
  return (
    <fieldset class="profile">
      <legend>{text.title}</legend>
      <p class="soft">{text.lead}</p>
      <Problem message={problem.value} retry={reload} />
      <div class="fields">
        <Family all={data.value ?? []} entry={entry} />
        <label>
          {f.model}
          <input
            value={entry.model.value}
            maxlength={100}
            autocomplete="off"
            onInput={(event) => {
              entry.model.value = event.currentTarget.value
            }}
          />
        </label>
        <Clock entry={entry} usual={own?.clock} />
        {own?.options.map((option) => (
          <Option key={`${own.name} ${option.name}`} option={option} entry={entry} />
        ))}
      </div>
      <TryIt device={device} entry={entry} />
    </fieldset>
  )
}

function Family({ all, entry }: { all: Protocol[]; entry: ProfileEntry }) {
  const { value } = entry.protocol
  return (
    <label>
      {f.protocol}
      <select value={value} onChange={(event) => entry.speak(event.currentTarget.value)}>
        <option value="">{text.anyProtocol}</option>
        {value && !all.some((p) => p.name === value) && (
          <option value={value}>{all.length > 0 ? text.unknownProtocol(value) : value}</option>
        )}
        {all.map((p) => (
          <option key={p.name} value={p.name}>
            {p.title}
          </option>
        ))}
      </select>
    </label>
  )
}

function Clock({ entry, usual }: { entry: ProfileEntry; usual: string | undefined }) {
  const { explicit, hours } = entry
  return (
    <>
      <label>
        {text.clock}
        <select
          value={explicit.value ? 'set' : 'usual'}
          onChange={(event) => {
            explicit.value = event.currentTarget.value === 'set'
          }}
        >
          <option value="usual">{text.clockUsual}</option>
          <option value="set">{text.clockSet}</option>
        </select>
        {!explicit.value && usual && <small>{usual}</small>}
      </label>
      {explicit.value && (
        <label>
          {text.hours}
          <input
            value={hours.value}
            required
            maxlength={8}
            autocomplete="off"
            onInput={(event) => {
              const field = event.currentTarget
              hours.value = field.value
              field.setCustomValidity(secondsOf(field.value) === null ? text.hoursBad : '')
            }}
          />
          <small>{text.hoursHint}</small>
        </label>
      )}
    </>
  )
}

function Option({ option, entry }: { option: Protocol['options'][number]; entry: ProfileEntry }) {
  const { name, about, values } = option
  const usual = usualOf(option)
  const value = entry.options.value[name] ?? usual
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: one of the two controls is always there
    <label data-wide={values === null}>
      <code>{name}</code>
      {values ? (
        <select value={value} onChange={(event) => entry.set(name, event.currentTarget.value, usual)}>
          {values.map((v) => (
            <option key={v} value={v}>
              {v === usual ? text.usual(v) : v}
            </option>
          ))}
        </select>
      ) : (
        <input
          class="mono"
          value={value}
          maxlength={2000}
          autocomplete="off"
          spellcheck={false}
          onInput={(event) => entry.set(name, event.currentTarget.value, usual)}
        />
      )}
      <small>{about}</small>
    </label>
  )
}
