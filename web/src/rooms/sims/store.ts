// The SIMs as they are listed, page by page, and what is done to them.
import { batch, signal } from '@preact/signals'
import { Problem } from '../../api'
import {
  acceptSim,
  addSim,
  changeSim,
  readSims,
  removeSim,
  restoreSim,
  type SIM,
  type SIMBody,
} from '../../api/sims'
import { confirm } from '../../ui/kit/confirm'
import { toast } from '../../ui/kit/toast'
import { words } from '../../words'
import { readWorries } from '../../worries'
import { urgency } from './budget'

const text = words.sims

export class SimStore {
  readonly items = signal<SIM[] | null>(null) // null: not read yet
  readonly next = signal<string | null>(null)
  readonly problem = signal('')
  private asked = new AbortController()
  private search = ''
  private busy = false

  // read begins the list anew.
  async read(search = this.search): Promise<void> {
    this.search = search
    await this.ask('')
  }

  async more(): Promise<void> {
    if (this.next.value && !this.busy) await this.ask(this.next.value)
  }

  end(): void {
    this.asked.abort()
  }

  async save(sim: SIM | null, { iccid = '', ...body }: SIMBody): Promise<void> {
    try {
      const kept = sim ? await changeSim(sim, body) : await addSim({ iccid, ...body })
      toast(sim ? words.manage.saved(kept.iccid) : words.manage.created(kept.iccid))
    } catch (error) {
      if (!(error instanceof Problem && error.status === 412)) throw error
      await this.read()
      throw error
    }
    await this.after()
  }

  // remove asks, deletes, and offers to take it back.
  async remove(sim: SIM): Promise<boolean> {
    const { iccid, id } = sim
    const question = { title: words.manage.removeSure(iccid), text: words.manage.removeKept }
    if (!(await confirm({ ...question, action: words.manage.remove, danger: true }))) return false
    const undo = async () => {
      await restoreSim(id)
      toast(words.manage.restored(iccid))
      await this.after()
    }
    await this.tell(() => removeSim(id), words.manage.removed(iccid), undo)
    return true
  }

  // accept settles an alarm: the SIM belongs where it was seen. One that the inventory does not have is taken in.
  async accept(sim: Pick<SIM, 'iccid' | 'imsi'> & { id: number | null }, device: number, vehicle: string) {
    const { iccid, imsi } = sim
    await this.tell(
      async () => {
        const id = sim.id ?? (await addSim({ iccid, ...(imsi && { imsi }) })).id
        await acceptSim(id, device)
      },
      text.accepted(iccid, vehicle),
    )
  }

  private async tell(act: () => Promise<unknown>, done: string, undo?: () => Promise<void>): Promise<void> {
    try {
      await act()
      toast(done, undo ? { undo } : {})
    } catch (error) {
      toast((error as Error).message, { bad: true })
    }
    await this.after()
  }

  private async after(): Promise<void> {
    await Promise.all([this.read(), readWorries()])
  }

  private async ask(after: string): Promise<void> {
    this.asked.abort()
    this.asked = new AbortController()
    const { signal } = this.asked
    this.busy = true
    try {
      const { search } = this
      const [first, page] = await Promise.all([
        after ? this.items.value : readSims({ search, alarms: true }, signal).then(({ items }) => items),
        readSims({ search, after: after || undefined }, signal),
      ])
      const items = new Map([...(first ?? []), ...page.items].map((sim) => [sim.id, sim]))
      batch(() => {
        this.items.value = [...items.values()].toSorted((a, b) => urgency(b) - urgency(a))
        this.next.value = page.next
        this.problem.value = ''
      })
    } catch (error) {
      if (!signal.aborted) this.problem.value = (error as Error).message
    } finally {
      if (!signal.aborted) this.busy = false
    }
  }
}
