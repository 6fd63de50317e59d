import type { Feature } from 'geojson'
import type { GeoJSONSource, LineLayerSpecification, Map as MapLibre } from 'maplibre-gl'
import type { Palette } from '../palette'
import type { TrailPoint } from '../trail'

const source = 'trail'

// addTrail puts the trail's layers under the vehicles, which must be there already.
export function addTrail(map: MapLibre, palette: Palette, before: string): void {
  map.addSource(source, { type: 'geojson', lineMetrics: true, data: lineOf([]) })
  const layout: LineLayerSpecification['layout'] = { 'line-cap': 'round', 'line-join': 'round' }
  const fading = (colour: string, strength: number): NonNullable<LineLayerSpecification['paint']> => ({
    'line-gradient': [
      'interpolate',
      ['linear'],
      ['line-progress'],
      0,
      `${colour}00`,
      0.25,
      `${colour}${hex(strength * 0.45)}`,
      1,
      `${colour}${hex(strength)}`,
    ],
  })
  map.addLayer(
    {
      id: 'trail-case',
      type: 'line',
      source,
      layout,
      paint: { ...fading(palette.outline, 0.7), 'line-width': 7 },
    },
    before,
  )
  map.addLayer(
    { id: 'trail', type: 'line', source, layout, paint: { ...fading(palette.trail, 0.95), 'line-width': 4 } },
    before,
  )
}

export function showTrail(map: MapLibre, points: TrailPoint[]): void {
  map.getSource<GeoJSONSource>(source)?.setData(lineOf(points))
}

function lineOf(points: TrailPoint[]): Feature {
  const coordinates = points.length < 2 ? [] : points.map((p) => [p.longitude, p.latitude])
  return { type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates } }
}

const hex = (share: number): string =>
  Math.round(share * 255)
    .toString(16)
    .padStart(2, '0')
