// The lines of one console as they are known: read page by page, read again when a notice says so, and those typed here
// that the server has not taken yet.
import { batch, computed, signal } from '@preact/signals'
import { type Entry, readConsole, type Target } from '../../api/console'
import type { Notice } from '../../live/line'
import { onNotice } from '../../notices'
import { fleet } from '../../state'
import { merge, shown } from './entries'

export class Log {
  readonly problem = signal('')
  readonly busy = signal(false)
  readonly read = signal(false) // the newest page has come
  readonly older = signal<string | null>(null) // where the next older page begins
  private readonly known = signal<Entry[]>([])
  private readonly own = signal<Entry[]>([])
  readonly entries = computed(() => shown(merge(this.known.value, this.own.value)))
  private asked = new AbortController()
  private readonly unlisten: () => void

  constructor(readonly target: Target | null) {
    this.unlisten = onNotice(
      ['command', 'sms'],
      () => this.refresh(),
      (notice) => this.concerns(notice),
    )
    this.refresh()
  }

  end(): void {
    this.unlisten()
    this.asked.abort()
  }

  // refresh reads the newest page, and lays it over what is known.
  async refresh(): Promise<void> {
    this.asked.abort()
    this.asked = new AbortController()
    await this.page('', this.asked.signal)
  }

  async more(): Promise<void> {
    if (this.busy.value || !this.older.value) return
    await this.page(this.older.value, this.asked.signal)
  }

  // put shows a line typed here; settle replaces it by what the server made of it, or by nothing.
  put(entry: Entry): void {
    this.own.value = [...this.own.value, entry]
  }

  settle(entry: Entry, taken?: Entry): void {
    batch(() => {
      this.own.value = this.own.value.filter((e) => e !== entry)
      if (taken && !this.known.value.some((e) => e.id === taken.id)) {
        this.known.value = merge(this.known.value, [taken])
      }
    })
  }

  private async page(before: string, asked: AbortSignal): Promise<void> {
    this.busy.value = true
    try {
      const { entries, next } = await readConsole(this.target, before, asked)
      batch(() => {
        if (before || !this.read.value) this.older.value = next
        this.known.value = merge(this.known.value, entries)
        this.read.value = true
        this.problem.value = ''
        this.busy.value = false
      })
    } catch (error) {
      if (asked.aborted) return
      this.problem.value = (error as Error).message
      this.busy.value = false
    }
  }

  // concerns says whether a notice is about what is shown. Which vehicles a group has, the server knows better: its
  // console is read again for any.
  private concerns({ vehicle_id: id }: Notice): boolean {
    const { target } = this
    if (target === null || !id) return true
    return 'vehicle' in target ? target.vehicle === id : fleet.slot(id) >= 0
  }
}
