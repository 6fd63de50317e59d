import type { StyleSpecification } from 'maplibre-gl'
import { language, words } from '../words'
import { archiveLayers } from './archive'
import type { BaseMap } from './base'
import { labelLayers, worldLayers } from './embedded'
import { islandLayers, islandSource } from './island'
import { type Paints, paints } from './paint'

export interface Appearance {
  night: boolean
  contrast: boolean
  local: boolean // names as the places write them
}

type Layers = StyleSpecification['layers']

// baseStyle draws the base map. It names no glyphs: labels are drawn from the page's own fonts. Whatever the operator
// has set up lies over the embedded world, which is there wherever the other has nothing. A style by address is the
// operator's own word.
export function baseStyle(base: BaseMap, look: Appearance): StyleSpecification | string {
  if (base.kind === 'style') return base.url
  const paint = paints(look.night, look.contrast)
  const style: StyleSpecification = {
    version: 8,
    sources: { base: { type: 'vector', url: '/tiles/basemap.json', attribution: words.map.attribution } },
    transition: { duration: 0, delay: 0 },
    layers: worldLayers(paint),
  }
  style.layers.push(...own(style, base, look, paint))
  if (base.demo) {
    style.sources.island = islandSource()
    style.layers.push(...islandLayers(look))
  }
  return style
}

// own adds the operator's source and gives its layers; without one, the embedded map's labels.
function own(style: StyleSpecification, base: BaseMap, look: Appearance, paint: Paints): Layers {
  const { attribution } = base
  if (base.kind === 'raster') {
    style.sources.own = { type: 'raster', tiles: [base.url], tileSize: 256, attribution }
    return [picture(look.night)]
  }
  if (base.kind !== 'pmtiles' || base.schema === 'unknown') return labelLayers(paint, language, look.local)
  if (base.schema === 'raster') {
    style.sources.own = { type: 'raster', url: base.url, ...(attribution && { attribution }) }
    return [picture(look.night)]
  }
  style.sources.own = { type: 'vector', url: base.url, ...(attribution && { attribution }) }
  return archiveLayers(base.schema, paint, language, look.local)
}

// A picture cannot be redrawn for the night, but dimmed.
const picture = (isNight: boolean): Layers[number] => ({
  id: 'picture',
  type: 'raster',
  source: 'own',
  paint: isNight ? { 'raster-brightness-max': 0.55, 'raster-saturation': -0.35 } : {},
})
