// Which language people read. It is chosen before anything is drawn; another choice loads the page again.
export const languages = { en: 'English', de: 'Deutsch', fr: 'Français' } as const
export type Language = keyof typeof languages

const known = (code: string | null | undefined): code is Language => !!code && Object.hasOwn(languages, code)

// The tests run without a browser, hence the question marks.
const preferred = globalThis.navigator?.languages ?? []

function choose(): Language {
  const kept = globalThis.localStorage?.getItem('language')
  if (known(kept)) return kept
  return preferred.map((tag) => tag.slice(0, 2)).find(known) ?? 'en'
}

export const language: Language = choose()

// locale is what numbers and dates are written in: the reader's own kind of the chosen language, if there is one.
export const locale: string = preferred.find((tag) => tag.startsWith(language)) ?? language

// setLanguage keeps a choice and shows the page in it.
export function setLanguage(to: string): void {
  if (!known(to)) return
  localStorage.setItem('language', to)
  if (to !== language) location.reload()
}
