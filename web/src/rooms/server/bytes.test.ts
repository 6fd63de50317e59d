import { expect, test } from 'vitest'
import { bytes } from './bytes'

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1 kB'],
  [1234, '1.2 kB'],
  [999_600, '1 MB'],
  [84_211_000, '84 MB'],
  [5.5e12, '5.5 TB'],
])('%d bytes', (n, text) => {
  expect(bytes(n)).toBe(text)
})
