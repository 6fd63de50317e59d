// In which language the base map's names are written. Tiles carry other languages as name:xx; the embedded map has one
// name a place, but the browser knows what every language calls each country.
import type { ExpressionSpecification } from 'maplibre-gl'

// What the map's data calls countries that Unicode calls otherwise.
const otherwise: Record<string, string> = {
  'United States of America': 'US',
  'Dem. Rep. Congo': 'CD',
  Congo: 'CG',
  'Central African Rep.': 'CF',
  'Dominican Rep.': 'DO',
  'Bosnia and Herz.': 'BA',
  'S. Sudan': 'SS',
  "Côte d'Ivoire": 'CI',
  Myanmar: 'MM',
  Turkey: 'TR',
  eSwatini: 'SZ',
  'Eq. Guinea': 'GQ',
  'W. Sahara': 'EH',
  'Solomon Is.': 'SB',
  'Falkland Is.': 'FK',
  'Hong Kong': 'HK',
  Macao: 'MO',
  Palestine: 'PS',
  'Cabo Verde': 'CV',
}

// placeName is the expression for a place's name: in the language where the tile has it, else the place's own.
export function placeName(language: string, local: boolean): ExpressionSpecification {
  if (local) return ['get', 'name']
  return ['coalesce', ['get', `name:${language}`], ['get', `name_${language}`], ['get', 'name']]
}

// countryName is the same for a country of the embedded map.
export function countryName(language: string, local: boolean): ExpressionSpecification {
  const pairs = [...countryNames(language, local)].filter(([english, other]) => english !== other)
  if (pairs.length === 0) return ['get', 'name']
  const arms = pairs.flat() as [string, string]
  return ['match', ['get', 'name'], ...arms, ['get', 'name']] as ExpressionSpecification
}

// countryNames gives for each English name the one in the language, or in that of most people there.
export function countryNames(language: string, local: boolean): Map<string, string> {
  const names = new Map<string, string>()
  if (!local && language === 'en') return names
  const english = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
  for (const code of codes()) {
    const known = english.of(code)
    if (!known || !/^[A-Z]{2}$/.test(code)) continue
    const to = local ? new Intl.Locale('und', { region: code }).maximize().language : language
    const name = new Intl.DisplayNames(to, { type: 'region', fallback: 'none' }).of(code)
    if (name) names.set(known.replace(' & ', ' and '), name)
  }
  for (const [english, code] of Object.entries(otherwise)) {
    const name = names.get(
      (new Intl.DisplayNames('en', { type: 'region' }).of(code) ?? '').replace(' & ', ' and '),
    )
    if (name) names.set(english, name)
  }
  return names
}

function* codes(): Generator<string> {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
  for (const a of letters) for (const b of letters) yield a + b
}
