// Every word that people read. English is the source of truth and always there; the others are loaded when chosen,
// before the first module that uses a word runs, so that `words` is a plain object to everyone.
import { en, type Words } from './en'
import { language } from './language'

export type { Words } from './en'
export { type Language, language, languages, locale, setLanguage } from './language'

async function load(): Promise<Words> {
  try {
    if (language === 'de') return (await import('./de')).de
    if (language === 'fr') return (await import('./fr')).fr
  } catch {
    // Without its file the page speaks English.
  }
  return en
}

export const words: Words = await load()
if (globalThis.document) document.documentElement.lang = words === en ? 'en' : language
