// Makes the types of the API's client, web/src/api/schema.ts, from the document web/api/openapi.json. It stands apart
// from the page's own tools, which use a newer TypeScript than openapi-typescript does.
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import openapi, { astToString } from 'openapi-typescript'

const document = new URL('../openapi.json', import.meta.url)
const types = new URL('../../src/api/schema.ts', import.meta.url)

const sum = (text) => createHash('sha256').update(text).digest('hex')
const text = readFileSync(document, 'utf8')
const made = astToString(await openapi(JSON.parse(text), { alphabetize: true, defaultNonNullable: false }))

// schema.test.ts holds both files to these sums.
const head = `// Made by \`make client\` from api/openapi.json; not to be changed by hand.
// document ${sum(text)}
// types ${sum(made)}
`
writeFileSync(types, head + made)
