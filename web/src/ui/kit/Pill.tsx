import type { ComponentChildren } from 'preact'

export type Tone = 'plain' | 'good' | 'late' | 'bad' | 'accent'

// Pill is a short state. Its words say it; its tone only says it again.
export function Pill({ tone = 'plain', children }: { tone?: Tone; children: ComponentChildren }) {
  return (
    <span class="pill" data-tone={tone}>
      {children}
    </span>
  )
}
