import type { Map as MapLibre } from 'maplibre-gl'

export const calm = matchMedia('(prefers-reduced-motion: reduce)')

// A renderer in software is quick enough for a frame a second, not for sixty.
export function isSoftware(map: MapLibre): boolean {
  const gl = map.getCanvas().getContext('webgl2')
  const info = gl?.getExtension('WEBGL_debug_renderer_info')
  const name = info ? String(gl!.getParameter(info.UNMASKED_RENDERER_WEBGL)) : ''
  return /swiftshader|llvmpipe|software/i.test(name)
}
