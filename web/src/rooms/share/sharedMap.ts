// The small map of a shared link: the base map and one vehicle.
import { effect } from '@preact/signals'
import { Map as MapLibre, Marker, setWorkerUrl } from 'maplibre-gl'
import worker from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import { render } from 'preact'
import type { Shared } from '../../api/account'
import { baseMap } from '../../map/base'
import { calm } from '../../map/motion'
import { baseStyle } from '../../map/style'
import { contrast, dark } from '../../theme'
import { sign } from './Sign'

setWorkerUrl(worker)

export interface SharedMap {
  show(shared: Shared | null): void
  close(): void
}

const near = 14 // zoom
const nearOnWorld = 10.5 // the embedded map has no streets

export async function openShared(container: HTMLElement): Promise<SharedMap> {
  const base = await baseMap()
  const map = new MapLibre({
    container,
    center: [10, 30],
    zoom: 1.6,
    maxZoom: 18,
    maxPitch: 0,
    pitchWithRotate: false,
    attributionControl: { compact: true },
    fadeDuration: calm.matches ? 0 : 150,
  })
  const restyle = effect(() => {
    map.setStyle(baseStyle(base, { night: dark.value, contrast: contrast.value, local: false }), {
      diff: false,
    })
  })
  const element = document.createElement('div')
  const marker = new Marker({ element })
  let placed = false
  return {
    show(shared) {
      const fix = shared?.fix
      if (!shared || !fix) return
      render(sign(shared), element)
      const at: [number, number] = [fix.longitude, fix.latitude]
      marker.setLngLat(at).addTo(map)
      if (!placed)
        map.jumpTo({ center: at, zoom: base.kind === 'embedded' && !base.demo ? nearOnWorld : near })
      else if (!map.isMoving()) map.easeTo({ center: at, animate: !calm.matches })
      placed = true
    },
    close() {
      restyle()
      marker.remove()
      map.remove()
    },
  }
}
