import { expect, test } from 'vitest'
import { type Document, find, groupsOf, limitsOf, typeOf } from './model'
import { curl, exampleOf, sample } from './sample'

const document: Document = {
  info: { title: 'T', version: '1' },
  tags: [{ name: 'second', description: 'Named first.' }],
  paths: {
    '/api/things/{id}': {
      get: {
        operationId: 'get-thing',
        summary: 'One thing',
        tags: ['first'],
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer', minimum: 7 } }],
        responses: {
          200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } } },
        },
        security: [{ session: [] }, { token: [] }],
      },
      patch: {
        operationId: 'change-thing',
        tags: ['second'],
        requestBody: { content: { 'application/json': { example: { name: "it's" } } } },
      },
    },
  },
  components: {
    schemas: {
      Thing: {
        type: 'object',
        properties: {
          id: { type: 'integer' },
          name: { type: 'string', examples: ['Van 7'] },
          seen: { type: ['string', 'null'], format: 'date-time' },
          inner: { anyOf: [{ $ref: '#/components/schemas/Thing' }, { type: 'null' }] },
        },
      },
    },
  },
}
const thing = { $ref: '#/components/schemas/Thing' }

test('operations stand under their tags, the named tags first', () => {
  const groups = groupsOf(document)
  expect(groups.map((g) => [g.name, ...g.operations.map((o) => o.id)])).toEqual([
    ['second', 'change-thing'],
    ['first', 'get-thing'],
  ])
  expect(find(groups, 'ONE get').map((g) => g.name)).toEqual(['first'])
  expect(find(groups, 'nothing like it')).toEqual([])
})

test.each([
  [thing, 'Thing'],
  [{ type: 'array', items: thing }, 'array of Thing'],
  [{ type: ['string', 'null'], format: 'date-time' }, 'string (date-time) or null'],
  [{ anyOf: [thing, { type: 'null' }] }, 'Thing or null'],
  [{ type: 'string', enum: ['a', 'b'] }, '"a" | "b"'],
  [{}, 'any'],
])('%j is %s', (schema, text) => {
  expect(typeOf(document, schema)).toBe(text)
})

test('limits are written with signs', () => {
  expect(limitsOf({ minimum: 1, maximum: 9, default: 3 })).toEqual(['1 … 9', '= 3'])
  expect(limitsOf({ maxLength: 9 })).toEqual(['length 0 … 9'])
})

test('samples take the document’s examples, and end in a schema that holds itself', () => {
  const made = sample(document, thing) as Record<string, unknown>
  expect(made).toMatchObject({ id: 1, name: 'Van 7', seen: '2026-03-14T09:26:53.589Z' })
  expect(JSON.stringify(made).length).toBeLessThan(2000)
})

test('lines for a shell', () => {
  const [change, get] = groupsOf(document).flatMap((g) => g.operations)
  expect(curl(document, get!, 'https://x')).toBe(
    `curl 'https://x/api/things/7' \\\n  -H "Authorization: Bearer $DROVER_TOKEN"`,
  )
  expect(curl(document, change!, 'https://x')).toContain(`"name": "it'\\''s"`)
  expect(exampleOf(document, undefined)).toBeNull()
})
