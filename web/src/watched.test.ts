import { beforeEach, expect, test, vi } from 'vitest'
import { colourOf, parseWatched, toggleWatched, watched, watchedMost } from './watched'

beforeEach(() => {
  vi.stubGlobal('localStorage', { setItem: vi.fn(), getItem: () => null })
  watched.value = []
})

test('a vehicle keeps its colour while others come and go', () => {
  for (const id of [11, 12, 13]) toggleWatched(id)
  toggleWatched(12)
  expect(colourOf(13)).toBe(2)
  toggleWatched(14)
  expect(watched.value).toEqual([11, 14, 13])
  expect(localStorage.setItem).toHaveBeenLastCalledWith('watched', '11,14,13')
})

test('of more than there are colours, the first goes', () => {
  for (let id = 1; id <= watchedMost + 1; id++) toggleWatched(id)
  expect(watched.value).toHaveLength(watchedMost)
  expect(colourOf(1)).toBe(-1)
  expect(colourOf(watchedMost + 1)).toBe(0)
})

test.each([
  [null, []],
  ['', []],
  ['7,,9', [7, null, 9]],
  ['7,x,-1,0,1e3', [7, null, null, null, null]],
  ['1,2,3,4,5,6,7,8', [1, 2, 3, 4, 5, 6]],
])('what was kept is read: %s', (text, ids) => {
  expect(parseWatched(text)).toEqual(ids)
})
