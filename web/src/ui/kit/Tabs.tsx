import { path } from '../../route'

export interface Tab {
  href: string
  text: string
  count?: string | undefined
}

// Tabs are the pages of a room, as links; the one at the address is marked.
export function Tabs({ label, tabs }: { label: string; tabs: Tab[] }) {
  return (
    <nav class="tabs" aria-label={label}>
      {tabs.map(({ href, text, count }) => (
        <a key={href} href={href} aria-current={path.value === href.split('?')[0] ? 'page' : undefined}>
          {text}
          {count && <small>{count}</small>}
        </a>
      ))}
    </nav>
  )
}
