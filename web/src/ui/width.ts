import { type ReadonlySignal, signal } from '@preact/signals'

// phone: panels are sheets at the bottom. narrow: the detail lies over the map. The style sheets use the same widths.
export const phone = follows('(width < 700px)')
export const narrow = follows('(width < 1100px)')

function follows(condition: string): ReadonlySignal<boolean> {
  const query = matchMedia(condition)
  const result = signal(query.matches)
  query.addEventListener('change', (event) => {
    result.value = event.matches
  })
  return result
}
