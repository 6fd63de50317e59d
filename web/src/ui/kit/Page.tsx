import type { ComponentChildren } from 'preact'

interface Props {
  title: string
  lead?: string | undefined
  actions?: ComponentChildren
  tabs?: ComponentChildren // below the title
  wide?: boolean // children take the whole width and height, and scroll by themselves
  children: ComponentChildren
}

// Page is a room's frame: its title, what can be done, and its content, which scrolls.
export function Page({ title, lead, actions, tabs, wide = false, children }: Props) {
  return (
    <main class="page" data-wide={wide}>
      <header class="page-head">
        <div>
          <h1>{title}</h1>
          {lead && <p>{lead}</p>}
        </div>
        {actions && <div class="actions">{actions}</div>}
      </header>
      {tabs}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section class="page-body" aria-label={title} tabIndex={0}>
        {children}
      </section>
    </main>
  )
}

// Section is a titled part of a page, with room for what explains it.
export function Section({
  title,
  lead,
  actions,
  children,
}: Pick<Props, 'title' | 'lead' | 'actions' | 'children'>) {
  return (
    <section class="section">
      <header>
        <h2>{title}</h2>
        {lead && <p>{lead}</p>}
        {actions && <div class="actions">{actions}</div>}
      </header>
      <div>{children}</div>
    </section>
  )
}
