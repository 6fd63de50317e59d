import { expect, test } from 'vitest'
import { aboveOf } from './groups'

test('a group leaves out what the group above it says', () => {
  const groups = ['North', 'North/Depot', 'South/Depot'].map((path, id) => ({ id, path }))
  expect(groups.map((g) => aboveOf(g.path, groups))).toEqual(['', 'North/', ''])
})
