// What the command palette finds: vehicles, groups, rooms and actions, best match first.
import { fuzzy } from './fleet/fuzzy'
import { plainText } from './fleet/search'
import type { Fleet } from './fleet/store'

export type CommandKind = 'vehicle' | 'group' | 'room' | 'action'

export interface Command {
  kind: CommandKind
  key: string // unique
  text: string
  hint: string // plate, path or keys
  slot?: number // of a vehicle
  run(): void
}

export interface Runs {
  vehicle(id: number): void
  group(path: string): void
}

const most = 40
// A room or an action that fits as well as a vehicle comes first: there are few of them.
const bonus: Record<CommandKind, number> = { action: 6, room: 8, group: 3, vehicle: 0 }

// findCommands gives what was typed fits, at most 40. Nothing typed gives the fixed ones, as they are.
export function findCommands(fleet: Fleet, fixed: Command[], typed: string, runs: Runs): Command[] {
  const wanted = plainText(typed.trim())
  if (wanted === '') return fixed.slice(0, most)
  const best = new Best(most)
  for (const command of fixed) {
    const score = fuzzy(wanted, plainText(command.text))
    if (score > 0) best.offer(score + bonus[command.kind], () => command)
  }
  for (const group of fleet.tree) {
    const score = group.path === '' ? 0 : fuzzy(wanted, plainText(group.path))
    if (score > 0) best.offer(score + bonus.group, () => groupCommand(group.path, runs))
  }
  const words = wanted.split(/\s+/)
  for (let slot = 0; slot < fleet.count; slot++) {
    if (fleet.names[slot] === '') continue
    const text = fleet.texts[slot]!
    const score = fuzzy(wanted, text) || (words.every((word) => text.includes(word)) ? 1 : 0)
    if (score > 0) best.offer(score, () => vehicleCommand(fleet, slot, runs))
  }
  return best.all()
}

function groupCommand(path: string, runs: Runs): Command {
  return { kind: 'group', key: `group ${path}`, text: path, hint: '', run: () => runs.group(path) }
}

function vehicleCommand(fleet: Fleet, slot: number, runs: Runs): Command {
  const id = fleet.ids[slot]!
  const hint = [fleet.plates[slot], fleet.drivers[slot], fleet.groups[slot]].filter(Boolean).join(' · ')
  const run = () => runs.vehicle(id)
  return { kind: 'vehicle', key: `vehicle ${id}`, text: fleet.names[slot]!, hint, slot, run }
}

// Best keeps the few with the highest scores, earlier ones before later ones that are equal.
class Best {
  private readonly scores: number[] = []
  private readonly makes: (() => Command)[] = []

  constructor(private readonly most: number) {}

  offer(score: number, make: () => Command): void {
    if (this.scores.length === this.most && score <= this.scores.at(-1)!) return
    let at = this.scores.length
    while (at > 0 && this.scores[at - 1]! < score) at--
    this.scores.splice(at, 0, score)
    this.makes.splice(at, 0, make)
    if (this.scores.length > this.most) {
      this.scores.pop()
      this.makes.pop()
    }
  }

  all(): Command[] {
    return this.makes.map((make) => make())
  }
}
