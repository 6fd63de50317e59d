import { expect, test } from 'vitest'
import { Recall } from './recall'

test('earlier lines come back, and the draft behind them', () => {
  const recall = new Recall(['getgps', 'getinfo'])
  expect(recall.older('dra')).toBe('getinfo')
  expect(recall.older('getinfo')).toBe('getgps')
  expect(recall.older('getgps')).toBeNull()
  expect(recall.newer()).toBe('getinfo')
  expect(recall.newer()).toBe('dra')
  expect(recall.newer()).toBeNull()
})

test('a line sent again is kept once, and no more than a hundred are', () => {
  const recall = new Recall()
  recall.push('a')
  recall.push('a')
  expect(recall.older('')).toBe('a')
  expect(recall.older('a')).toBeNull()
  for (let n = 0; n < 200; n++) recall.push(`${n}`)
  let steps = 0
  while (recall.older('') !== null) steps++
  expect(steps).toBe(100)
})
