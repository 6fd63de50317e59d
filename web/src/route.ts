// The address holds what is shown, so that a view can be kept, shared and gone back to. The page moves between its
// rooms without loading anew: links inside it are caught, and everybody reads `path` and `query`.
import { batch, computed, signal } from '@preact/signals'

export const path = signal(globalThis.location?.pathname ?? '/')
const searchText = signal(globalThis.location?.search ?? '')

// query is the part of the address behind the question mark.
export const query = computed(() => new URLSearchParams(searchText.value))

function arrive(): void {
  batch(() => {
    path.value = location.pathname
    searchText.value = location.search
  })
}

// go opens an address of the page; replace leaves no step for Back.
export function go(url: string, replace = false): void {
  const target = new URL(url, location.href)
  const same = target.pathname === location.pathname && target.search === location.search
  if (replace || same) history.replaceState(null, '', target)
  else history.pushState(null, '', target)
  arrive()
}

// setQuery changes parts of the query and keeps the rest; null or '' takes a part away.
export function setQuery(changes: Record<string, string | null>, replace = true): void {
  const next = new URLSearchParams(location.search)
  for (const [name, value] of Object.entries(changes)) {
    if (value) next.set(name, value)
    else next.delete(name)
  }
  const text = next.toString()
  go(location.pathname + (text ? `?${text}` : ''), replace)
}

// keepRoute follows links, Back and Forward from now on.
export function keepRoute(): void {
  addEventListener('popstate', arrive)
  addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0) return
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    const link = (event.target as Element).closest?.('a')
    if (!link || !inside(link)) return
    event.preventDefault()
    go(link.href)
  })
}

// inside tells whether a link leads to a room of the page, rather than to data, a file or another place.
function inside(link: HTMLAnchorElement): boolean {
  if (link.origin !== location.origin || link.target || link.hasAttribute('download')) return false
  if (/^\/(api|tiles|assets)\//.test(link.pathname)) return false
  return !(link.hash && link.pathname === location.pathname)
}
