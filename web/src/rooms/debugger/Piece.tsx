import type { Misread } from '../../api/protocols'
import { moment, number } from '../../format'
import { copy } from '../../ui/clipboard'
import { Hex } from '../../ui/Hex'
import { Button } from '../../ui/kit/Button'
import { phone } from '../../ui/width'
import { words } from '../../words'

const text = words.debug

interface Props {
  piece: Misread
  again(): void
  forget(): void
  close(): void
}

// Piece is one thing that no decoder understood: where it came from, why, and its bytes.
export function Piece({ piece, again, forget, close }: Props) {
  const { time, protocol, identity, address, port, transport, hex, error } = piece
  const facts: [string, string][] = [
    [text.time, moment(Date.parse(time))],
    [text.protocol, protocol === 'any' ? text.noProtocol : protocol],
    [text.identity, identity || text.noIdentity],
    [text.from, address],
    [text.to, `${port} ${transport.toUpperCase()}`],
    [text.size, number(hex.length / 2)],
  ]
  return (
    <aside class="piece" aria-label={text.hex}>
      <header>
        <h2>{error}</h2>
        <Button kind="quiet" icon="x" aria-label={words.close} onClick={close} />
      </header>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div class="actions">
        <Button icon="refresh" onClick={again}>
          {text.again}
        </Button>
        <Button icon="copy" onClick={() => copy(hex)}>
          {text.copy}
        </Button>
        <Button kind="danger" icon="trash" onClick={forget}>
          {text.forget}
        </Button>
      </div>
      <Hex hex={hex} error={error} narrow={phone.value} />
    </aside>
  )
}
