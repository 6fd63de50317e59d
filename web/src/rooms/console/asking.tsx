// What is asked before something dangerous is sent: which vehicle, and how fast it is.
import type { CommandBody } from '../../api/protocols'
import { age, speed } from '../../format'
import { fleet } from '../../state'
import { confirm } from '../../ui/kit/confirm'
import { words } from '../../words'

const text = words.console

// cuts tells what stops an engine from what only harms the line.
const cuts = (body: CommandBody): boolean => body.kind !== 'server' && body.kind !== 'apn'

// sureOf asks before a dangerous command goes to a vehicle. One that moves, or may move, has to be named by typing.
// said is what the server says of it, if it has been asked.
export function sureOf(body: CommandBody, typed: string, vehicle: number, said = ''): Promise<boolean> {
  const slot = fleet.slot(vehicle)
  const name = slot < 0 ? `#${vehicle}` : fleet.names[slot]!
  const kmh = slot < 0 ? Number.NaN : fleet.speedOf(slot)
  const stands = kmh === 0 && !fleet.stale[slot]
  return confirm({
    title: text.sure(typed, name),
    text: (
      <>
        <p>
          <b>{speedOf(name, slot, kmh)}</b>
        </p>
        {cuts(body) && kmh > 0 ? <p class="problem">{text.moving}</p> : <p>{said || text.harm}</p>}
      </>
    ),
    action: text.sendSure,
    danger: true,
    ...(cuts(body) && !stands && { type: name }),
  })
}

function speedOf(name: string, slot: number, kmh: number): string {
  if (Number.isNaN(kmh)) return text.speedUnknown(name)
  const since = age(fleet.age(slot))
  return kmh === 0 ? text.stands(name, since) : text.speedNow(name, speed(kmh), since)
}

// overrideOf asks once more before a command goes out against the limit of speed.
export const overrideOf = (typed: string, name: string, why: string): Promise<boolean> =>
  confirm({
    title: text.sure(typed, name),
    text: (
      <>
        <p>
          <b>{why}</b>
        </p>
        <p class="problem">{text.overrideSure}</p>
      </>
    ),
    action: text.sendSure,
    danger: true,
    type: name,
  })
