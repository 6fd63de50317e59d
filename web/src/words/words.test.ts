import { expect, test } from 'vitest'
import { de } from './de'
import { en } from './en'
import { fr } from './fr'

type Tree = { [key: string]: unknown }

// The leaves of a language: each word's path, and how many placeholders it takes.
function leaves(tree: Tree, path = ''): Map<string, number | 'text'> {
  const found = new Map<string, number | 'text'>()
  for (const [key, value] of Object.entries(tree)) {
    const at = path ? `${path}.${key}` : key
    if (typeof value === 'function') found.set(at, value.length)
    else if (typeof value === 'object' && value !== null) {
      for (const [inner, kind] of leaves(value as Tree, at)) found.set(inner, kind)
    } else found.set(at, 'text')
  }
  return found
}

const called = (tree: Tree, path: string): unknown =>
  path.split('.').reduce<unknown>((at, key) => (at as Tree)[key], tree)

const english = leaves(en)

test.each(Object.entries({ de, fr }))('%s has every word, with the same placeholders', (_, words) => {
  const missing: string[] = []
  const theirs = leaves(words)
  for (const [path, kind] of english) {
    const own = theirs.get(path)
    // A language may do without a placeholder that another needs, as for a plural, but not need one more.
    const fits = typeof kind === 'number' ? typeof own === 'number' && own <= kind : own === kind
    if (!fits) missing.push(path)
  }
  expect(missing, 'missing or of another kind').toEqual([])
  expect(
    [...theirs.keys()].filter((path) => !english.has(path)),
    'unknown in English',
  ).toEqual([])
})

// What a word says when it is called with marks, and which of the marks it shows.
function said(words: Tree, path: string, placeholders: number): { text: string; marks: string } {
  const marks = Array.from({ length: placeholders }, (_, n) => `‹${n}›`)
  const text = String((called(words, path) as (...given: string[]) => unknown)(...marks))
  return { text, marks: marks.filter((mark) => text.includes(mark)).join(' ') }
}

test.each(Object.entries({ en, de, fr }))(
  '%s says something everywhere, with what it is given',
  (_, words) => {
    const wrong: string[] = []
    for (const [path, kind] of english) {
      const value = called(words, path)
      if (kind === 'text') {
        if (typeof value === 'string' && value.trim() === '' && called(en, path) !== '') wrong.push(path)
        continue
      }
      const { text, marks } = said(words, path, kind)
      if (text === '' || /undefined|\[object/.test(text) || marks !== said(en, path, kind).marks)
        wrong.push(path)
    }
    expect(wrong).toEqual([])
  },
)
