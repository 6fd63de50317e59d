import { expect, test } from 'vitest'
import { schemaOf } from './base'
import { countryNames, placeName } from './names'
import { baseStyle } from './style'

const look = { night: false, contrast: false, local: false }
const base = { kind: 'embedded', url: '', attribution: '', schema: 'unknown', demo: false } as const
const layer = (id: string) => ({ id })

test('an archive is known by its layers', () => {
  expect(schemaOf({ vector_layers: ['earth', 'roads', 'water'].map(layer) })).toBe('protomaps')
  expect(schemaOf({ vector_layers: ['water', 'transportation'].map(layer) })).toBe('openmaptiles')
  expect(schemaOf({ vector_layers: ['mine'].map(layer) })).toBe('unknown')
  expect(schemaOf({ format: 'webp' })).toBe('raster')
})

test('every layer of every map has its source, and no two have the same name', () => {
  const kinds = [
    base,
    { ...base, demo: true },
    { ...base, kind: 'raster', url: 'https://t.example.org/{z}/{x}/{y}.png' },
    ...(['protomaps', 'openmaptiles', 'raster', 'unknown'] as const).map((schema) => ({
      ...base,
      kind: 'pmtiles' as const,
      url: '/tiles/own.json',
      schema,
    })),
  ] as const
  for (const kind of kinds) {
    const style = baseStyle(kind, look)
    if (typeof style === 'string') throw new Error('a style of its own')
    const ids = style.layers.map((l) => l.id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const l of style.layers) if ('source' in l) expect(Object.keys(style.sources)).toContain(l.source)
    expect(style.glyphs).toBeUndefined()
  }
})

test('a style by address is taken as it is', () => {
  expect(baseStyle({ ...base, kind: 'style', url: 'https://m.example.org/style.json' }, look)).toBe(
    'https://m.example.org/style.json',
  )
})

test('countries are named in the reader’s language, or in their own', () => {
  const german = countryNames('de', false)
  expect(german.get('Germany')).toBe('Deutschland')
  expect(german.get('United States of America')).toBe('Vereinigte Staaten')
  expect(german.get('Bosnia and Herz.')).toBe('Bosnien und Herzegowina')
  expect(countryNames('en', false).size).toBe(0)
  const own = countryNames('fr', true)
  expect([own.get('Germany'), own.get('Spain'), own.get('Greece')]).toEqual([
    'Deutschland',
    'España',
    'Ελλάδα',
  ])
})

test('places are named in the language where the tile has it', () => {
  expect(placeName('de', false)).toEqual([
    'coalesce',
    ['get', 'name:de'],
    ['get', 'name_de'],
    ['get', 'name'],
  ])
  expect(placeName('de', true)).toEqual(['get', 'name'])
})
