import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { Status, statusKeys } from '../fleet/status'
import { Controls } from '../map/Controls'
import { padding } from '../map/chosen'
import { Fan } from '../map/Fan'
import { Hover } from '../map/Hover'
import { MeasurePanel } from '../map/MeasurePanel'
import { measuring } from '../map/measure'
import { Watched } from '../map/Watched'
import { words } from '../words'
import { Glyph } from './Glyph'

export function MapPane() {
  const element = useRef<HTMLDivElement>(null)
  const problem = useSignal('')
  useEffect(() => {
    const gone = new AbortController()
    import('../map/map').then(
      async ({ openMap }) => {
        await openMap(element.current!, gone.signal).catch(() => {
          problem.value = words.errors.map
        })
      },
      () => {
        problem.value = words.errors.mapCode
      },
    )
    return () => gone.abort()
  }, [problem])
  return (
    <section class="map" aria-label={words.map.label}>
      <div class="canvas" ref={element} />
      {problem.value && <p class="map-problem">{problem.value}</p>}
      {measuring.value && <div class="measure-cross" aria-hidden="true" style={middle()} />}
      <Hover />
      <Fan />
      <div class="map-left">
        <Watched />
        <MeasurePanel />
      </div>
      <Legend />
      <Controls />
    </section>
  )
}

// The map's middle lies between the panels that cover its edges.
const middle = () => ({
  translate: `${-padding.value.right / 2}px ${-padding.value.bottom / 2}px`,
})

const inLegend = [Status.Moving, Status.Idle, Status.Stopped, Status.Offline, Status.Alarm]

function Legend() {
  return (
    <ul class="legend" aria-label={words.map.legend}>
      {inLegend.map((status) => (
        <li key={status}>
          <Glyph status={status} size={15} />
          {words.status[statusKeys[status]]}
        </li>
      ))}
    </ul>
  )
}
