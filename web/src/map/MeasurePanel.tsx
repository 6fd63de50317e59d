import { distance } from '../format'
import { Icon } from '../ui/Icon'
import { phone } from '../ui/width'
import { words } from '../words'
import { mapControls } from './chosen'
import { addPoint, lengths, measuring, removePoint } from './measure'

// MeasurePanel tells the lengths of the line that is measured, and how to draw it.
export function MeasurePanel() {
  const points = measuring.value
  if (!points) return null
  const total = lengths.value.reduce((sum, part) => sum + part, 0)
  const set = () => {
    const centre = mapControls.value?.centre()
    if (centre) addPoint(centre)
  }
  return (
    <section class="measure" aria-label={words.map.measuring.title}>
      <p class="total" role="status">
        {words.map.measuring.total} <b>{distance(total)}</b>
      </p>
      {lengths.value.length > 1 && (
        <ol>
          {lengths.value.map((part, n) => (
            <li key={n}>
              {words.map.measuring.part(n + 1)} <span>{distance(part)}</span>
            </li>
          ))}
        </ol>
      )}
      {points.length < 2 && (
        <p class="hint">{phone.value ? words.map.measuring.hintTouch : words.map.measuring.hint}</p>
      )}
      <div class="buttons">
        <button type="button" onClick={set}>
          <Icon name="plus" size={15} />
          {words.map.measuring.centre}
        </button>
        <button type="button" disabled={points.length === 0} onClick={removePoint}>
          <Icon name="undo" size={15} />
          {words.map.measuring.undo}
        </button>
        <button
          type="button"
          class="primary"
          onClick={() => {
            measuring.value = null
          }}
        >
          {words.map.measuring.done}
        </button>
      </div>
    </section>
  )
}
