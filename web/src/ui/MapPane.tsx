import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { Status, statusKeys } from '../fleet/status'
import { age, number } from '../format'
import { mapKeys } from '../keyboard'
import { hoverPlace, overlap } from '../map/chosen'
import { fleet, select } from '../state'
import { words } from '../words'
import { Glyph } from './Glyph'
import { Icon } from './Icon'
import { VehicleGlyph } from './Row'

export function MapPane() {
  const element = useRef<HTMLDivElement>(null)
  const problem = useSignal('')
  useEffect(() => {
    let close = () => {}
    let gone = false
    import('../map/map').then(
      ({ openMap }) => {
        if (gone) return
        try {
          close = openMap(element.current!)
        } catch {
          problem.value = words.errors.map
        }
      },
      () => {
        problem.value = words.errors.mapCode
      },
    )
    return () => {
      gone = true
      close()
    }
  }, [problem])
  return (
    <section class="map" aria-label={words.map.label}>
      <div class="canvas" ref={element} />
      {problem.value && <p class="map-problem">{problem.value}</p>}
      <Hover />
      <Overlap />
      <Legend />
      <Controls />
    </section>
  )
}

function Controls() {
  const keys = mapKeys.value
  return (
    <div class="controls">
      <button
        type="button"
        aria-label={words.map.zoomIn}
        title={words.map.zoomIn}
        onClick={() => keys?.zoom(1)}
      >
        <Icon name="plus" />
      </button>
      <button
        type="button"
        aria-label={words.map.zoomOut}
        title={words.map.zoomOut}
        onClick={() => keys?.zoom(-1)}
      >
        <Icon name="minus" />
      </button>
      <button type="button" aria-label={words.map.fit} title={words.map.fit} onClick={() => keys?.fit()}>
        <Icon name="maximize" />
      </button>
    </div>
  )
}

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

// Hover stands beside the vehicle, never on it.
function Hover() {
  fleet.version.value
  const at = hoverPlace.value
  const slot = at ? fleet.slot(at.id) : -1
  if (!at || slot < 0) return null
  const status = fleet.status[slot] as Status
  const speed = fleet.speedOf(slot)
  const facts = [words.status[statusKeys[status]]]
  if (!Number.isNaN(speed) && (status === Status.Moving || speed > 3)) facts.push(`${number(speed)} km/h`)
  return (
    <div class="hover" data-right={at.right} style={{ transform: `translate(${at.x}px, ${at.y}px)` }}>
      <div>
        <b>{fleet.names[slot]}</b>
        <span class="plate">{fleet.plates[slot]}</span>
        <p>
          {facts.join(' · ')}
          <span class={fleet.stale[slot] ? 'late' : ''}>{age(fleet.age(slot))}</span>
        </p>
      </div>
    </div>
  )
}

// Overlap lists vehicles that lie on each other, so that each can be chosen.
function Overlap() {
  fleet.version.value
  const here = overlap.value
  if (!here) return null
  const choose = (id: number) => {
    overlap.value = null
    select(id)
  }
  return (
    <div class="overlap" style={{ left: `${here.x}px`, top: `${here.y}px` }}>
      <p>{words.map.here(here.count)}</p>
      {here.ids.map((id) => {
        const slot = fleet.slot(id)
        return slot < 0 ? null : (
          <button key={id} type="button" onClick={() => choose(id)}>
            <VehicleGlyph slot={slot} size={17} />
            {fleet.names[slot]}
          </button>
        )
      })}
    </div>
  )
}
