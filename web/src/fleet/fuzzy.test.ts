import { expect, test } from 'vitest'
import { fuzzy } from './fuzzy'

test.each([
  ['', 'anything', true],
  ['van', 'delivery van 3', true],
  ['dv3', 'delivery van 3', true],
  ['vn3', 'delivery van 3', true],
  ['v 3', 'delivery van 3', true],
  ['3v', 'delivery van 3', false],
  ['vann', 'van 1', false],
  ['tor', 't-o xor', true],
])('%s in %s: %s', (typed, text, found) => {
  expect(fuzzy(typed, text) > 0).toBe(found)
})

test.each([
  ['van', ['van 1', 'advance', 'violet barn']],
  ['set', ['settings', 'reset', 'show every truck']],
  ['n2', ['north depot 2', 'van 12']],
  ['van 1', ['van 1', 'van 10', 'van 21 lane']],
])('%s likes %s in this order', (typed, texts) => {
  const scores = texts.map((text) => fuzzy(typed, text))
  expect(scores).toEqual([...scores].sort((a, b) => b - a))
  expect(new Set(scores).size).toBe(texts.length)
})
