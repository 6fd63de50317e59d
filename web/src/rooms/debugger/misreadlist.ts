// What no decoder understood, as it is read page by page.
import { batch, signal } from '@preact/signals'
import { type Misread, readMisreads } from '../../api/protocols'

const soon = 3000 // ms in which the server has tried pieces again

export class MisreadList {
  readonly items = signal<Misread[] | null>(null) // null: not read yet
  readonly next = signal<string | null>(null)
  readonly problem = signal('')
  search = ''
  private asked = new AbortController()
  private busy = false
  private timer = 0

  // read begins anew with what contains the search.
  async read(search = this.search): Promise<void> {
    this.search = search
    await this.ask('')
  }

  async more(): Promise<void> {
    if (this.next.value && !this.busy) await this.ask(this.next.value)
  }

  // readSoon reads anew when the server has had time to try pieces again.
  readSoon(): void {
    clearTimeout(this.timer)
    this.timer = window.setTimeout(() => this.read(), soon)
  }

  without(id: number): void {
    this.items.value = (this.items.value ?? []).filter((m) => m.id !== id)
  }

  end(): void {
    clearTimeout(this.timer)
    this.asked.abort()
  }

  private async ask(after: string): Promise<void> {
    this.asked.abort()
    this.asked = new AbortController()
    const { signal } = this.asked
    this.busy = true
    try {
      const page = await readMisreads(this.search, after, signal)
      batch(() => {
        this.items.value = after ? [...(this.items.value ?? []), ...page.items] : page.items
        this.next.value = page.next
        this.problem.value = ''
      })
    } catch (error) {
      if (signal.aborted) return
      this.problem.value = (error as Error).message
    }
    this.busy = false
  }
}
