import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { address } from './client'

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')
const sum = (text: string): string => createHash('sha256').update(text).digest('hex')

test('the types are those of the API’s document (`make client` makes them)', () => {
  const schema = read('./schema.ts')
  const [, document, types] = /^\/\/ document (\w+)\n\/\/ types (\w+)\n/m.exec(schema) ?? []
  expect(document).toBe(sum(read('../../api/openapi.json')))
  expect(types).toBe(sum(schema.slice(schema.indexOf('export interface paths'))))
})

test.each([
  ['/api/tokens', {}, {}, '/api/tokens'],
  ['/api/vehicles/{id}', { id: 7 }, {}, '/api/vehicles/7'],
  ['/api/shared/{token}', { token: 'a/b' }, {}, '/api/shared/a%2Fb'],
  ['/api/vehicles', {}, { search: 'a&b', limit: undefined }, '/api/vehicles?search=a%26b'],
])('%s with %j and %j', (path, names, query, to) => {
  expect(address(path, names, query)).toBe(to)
})
