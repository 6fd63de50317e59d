// Sending what was typed to one vehicle: asked about where it is dangerous, shown at once, and refused in plain words.
import { Problem } from '../../api'
import { type Command, type CommandRequest, send } from '../../api/console'
import type { CommandBody } from '../../api/protocols'
import { fleet } from '../../state'
import { overrideOf, sureOf } from './asking'
import { entryOf, local } from './entries'
import type { Log } from './log'

export interface Order {
  vehicle: number
  device: number
  typed: string
  body: CommandBody
  wish: Pick<CommandRequest, 'line' | 'ttl_s'>
  risky: boolean
}

export interface TooFast {
  name: string
  speed: number // km/h
  limit: number // km/h
}

export type Outcome = { sent: Command } | { tooFast: TooFast } | { problem: string } | null // null: thought better of

let typedHere = 0

// deliver sends an order. force sends it although the vehicle is too fast: it has been asked about.
export async function deliver(log: Log, order: Order, force = false): Promise<Outcome> {
  const { vehicle, typed, body, wish } = order
  if (!force && order.risky && !(await sureOf(body, typed, vehicle))) return null
  const request: CommandRequest = { ...body, ...wish }
  if (order.risky || force) request.confirmed = true
  if (force) request.override_speed = true
  const outcome = await attempt(log, order, request)
  if (!outcome || !('question' in outcome)) return outcome
  const { question } = outcome
  if (!(await sureOf(body, typed, vehicle, question))) return null
  const again = await attempt(log, order, { ...request, confirmed: true })
  return again && 'question' in again ? { problem: question } : again
}

type Attempt = Outcome | { question: string }

async function attempt(log: Log, order: Order, request: CommandRequest): Promise<Attempt> {
  const name = nameOf(order.vehicle)
  typedHere++
  const line = local(typedHere, fleet.serverNow(), order.typed, order.vehicle, name)
  log.put(line)
  try {
    const command = await send(order.device, request)
    log.settle(line, entryOf(command, name))
    return { sent: command }
  } catch (error) {
    log.settle(line)
    if (!(error instanceof Problem)) throw error
    return refusal(error, name)
  }
}

function refusal(error: Problem, name: string): Attempt {
  if (error.status !== 409) return { problem: error.message }
  if (/too-fast$/.test(error.type)) {
    const { speed_kmh: speed, limit_kmh: limit } = error.more
    return { tooFast: { name, speed: Number(speed), limit: Number(limit) } }
  }
  if (/confirmation$/.test(error.type)) return { question: error.message }
  return { problem: error.message }
}

const nameOf = (vehicle: number): string => {
  const slot = fleet.slot(vehicle)
  return slot < 0 ? `#${vehicle}` : fleet.names[slot]!
}

// deliverFast asks once more and sends an order against the limit.
export async function deliverFast(log: Log, order: Order, why: string): Promise<Outcome> {
  if (!(await overrideOf(order.typed, nameOf(order.vehicle), why))) return null
  return deliver(log, order, true)
}
