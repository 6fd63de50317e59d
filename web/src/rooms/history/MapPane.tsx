import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { night } from '../../map/chosen'
import { Icon, type IconName } from '../../ui/Icon'
import { words } from '../../words'
import { map, mode } from './room'
import { legend, speedColours } from './speeds'

export function MapPane() {
  const element = useRef<HTMLDivElement>(null)
  const problem = useSignal('')
  useEffect(() => {
    const gone = new AbortController()
    import('./map').then(
      async ({ openMap }) => {
        try {
          map.value = await openMap(element.current!, gone.signal)
        } catch {
          problem.value = words.errors.map
        }
      },
      () => {
        problem.value = words.errors.mapCode
      },
    )
    return () => {
      gone.abort()
      map.peek()?.close()
      map.value = null
    }
  }, [problem])
  const text = words.history.map
  return (
    <section class="map history-map" aria-label={text.label}>
      <div class="canvas" ref={element} />
      {problem.value && <p class="map-problem">{problem.value}</p>}
      <Legend />
      <div class="controls">
        <div>
          <Control label={words.map.zoomIn} icon="plus" act={() => map.value?.zoom(1)} />
          <Control label={words.map.zoomOut} icon="minus" act={() => map.value?.zoom(-1)} />
          <Control label={text.fit} icon="maximize" act={() => map.value?.fit()} />
        </div>
      </div>
    </section>
  )
}

function Control({ label, icon, act }: { label: string; icon: IconName; act: () => void }) {
  return (
    <button type="button" aria-label={label} title={label} onClick={act}>
      <Icon name={icon} />
    </button>
  )
}

// Legend says what the line's colours mean; on paper it is always day.
export function Legend({ paper = false }: { paper?: boolean }) {
  const { texts, unit } = legend()
  const colours = speedColours(night.value && !paper)
  return (
    <div class="speeds" role="img" aria-label={`${words.history.map.speed}: ${texts.join(', ')} ${unit}`}>
      <b>{unit}</b>
      {texts.map((text, n) => (
        <span key={text}>
          <i style={{ background: colours[n] }} />
          {text}
        </span>
      ))}
      {mode.value === 'day' && (
        <span class="gap">
          <i />
          {words.history.map.gap}
        </span>
      )}
    </div>
  )
}
