import { decoded } from '../hex'
import { words } from '../words'
import { Hex } from './Hex'

const text = words.debug

interface Message {
  device?: string | null
  positions?: unknown[] | null
  reply?: string | null // hex
  result?: unknown
}

interface Props {
  message: unknown
  narrow?: boolean
  reply?: boolean // show the reply too; not where it is seen as a frame of its own
}

// Decoded is what a frame was understood to say, field by field.
export function Decoded({ message, narrow = false, reply = false }: Props) {
  const { device, positions, reply: answer, result } = (message ?? {}) as Message
  const several = (positions?.length ?? 0) > 1
  const empty = !device && !positions?.length && !result
  return (
    <div class="decoded">
      {device && <Fields title={text.device} of={[['', device]]} />}
      {positions?.map((position, n) => (
        <Fields key={n} title={text.position(several ? String(n + 1) : '').trim()} of={decoded(position)} />
      ))}
      {result != null && <Fields title={text.result} of={decoded(result)} />}
      {empty && <p class="soft">{text.none}</p>}
      {reply && answer && (
        <section>
          <h4>{text.reply}</h4>
          <Hex hex={answer} narrow={narrow} />
        </section>
      )}
    </div>
  )
}

function Fields({ title, of }: { title: string; of: [name: string, value: string][] }) {
  return (
    <section>
      <h4>{title}</h4>
      <dl>
        {of.map(([name, value]) => (
          <div key={name}>
            {name && <dt>{name}</dt>}
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
