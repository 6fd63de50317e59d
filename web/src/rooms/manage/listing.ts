// A noun's list as it is read page by page, and what is done to its items.
import { batch, signal } from '@preact/signals'
import { call, Problem } from '../../api'
import { newKey } from '../../api/key'
import type { Item, Noun } from './nouns'

const page = 200 // items that are asked for at once

interface Answer {
  items: Item[] | null
  next?: string | null
}

export class Listing {
  readonly items = signal<Item[] | null>(null) // null: not read yet
  readonly next = signal<string | null>(null)
  readonly busy = signal(false)
  readonly problem = signal('')
  private asked = new AbortController()
  private search = ''

  constructor(readonly noun: Noun) {}

  // read begins the list anew, with what contains the search.
  async read(search = this.search): Promise<void> {
    this.search = search
    await this.ask('')
  }

  async more(): Promise<void> {
    if (this.next.value && !this.busy.value) await this.ask(this.next.value)
  }

  end(): void {
    this.asked.abort()
  }

  // save makes an item, or changes it unless somebody else has done so since it was read.
  async save(item: Item | null, body: Record<string, unknown>): Promise<Item> {
    const { path } = this.noun
    if (item === null) {
      const made = await call<Item>('POST', path, body, { key: newKey() })
      await this.read()
      return made
    }
    try {
      const ifMatch = item.revision ? `"${item.revision}"` : undefined
      const changed = await call<Item>('PATCH', `${path}/${item.id}`, body, { ifMatch })
      await this.read()
      return changed
    } catch (error) {
      if (error instanceof Problem && error.status === 412) await this.read()
      throw error
    }
  }

  async remove(item: Item): Promise<void> {
    await call<void>('DELETE', `${this.noun.path}/${item.id}`)
    await this.read()
  }

  async restore(item: Item): Promise<void> {
    await call<Item>('POST', `${this.noun.path}/${item.id}/restore`)
    await this.read()
  }

  private async ask(after: string): Promise<void> {
    this.asked.abort()
    this.asked = new AbortController()
    const { signal } = this.asked
    this.busy.value = true
    try {
      const answer = await call<Answer>('GET', this.address(after), undefined, { signal })
      batch(() => {
        const items = answer.items ?? []
        this.items.value = after ? [...(this.items.value ?? []), ...items] : items
        this.next.value = answer.next ?? null
        this.problem.value = ''
        this.busy.value = false
      })
    } catch (error) {
      if (signal.aborted) return
      this.problem.value = (error as Error).message
      this.busy.value = false
    }
  }

  private address(after: string): string {
    const { path, searched } = this.noun
    if (!searched) return path
    const query = new URLSearchParams({ limit: String(page) })
    if (this.search) query.set('search', this.search)
    if (after) query.set('after', after)
    return `${path}?${query}`
  }
}

// matching is what a list that the server does not search shows of a search.
export function matching(noun: Noun, items: Item[], search: string): Item[] {
  const wanted = search.trim().toLowerCase()
  if (noun.searched || wanted === '') return items
  return items.filter((item) => noun.columns.some((c) => c.text(item).toLowerCase().includes(wanted)))
}
