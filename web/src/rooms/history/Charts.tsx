import { useEffect, useRef } from 'preact/hooks'
import { number, title, units } from '../../format'
import { dark } from '../../theme'
import { words } from '../../words'
import { viewed } from './axis'
import * as clock from './clock'
import { columnWidth, gutter } from './gutter'
import type { Plot } from './plot'
import { charts, track, zone } from './room'
import { thin } from './thin'
import { type Track, valueAt } from './track'
import { ticks } from './zone'

const height = 78
const lines = {
  light: { grid: '#e9ecef', text: '#5a636f' },
  dark: { grid: '#222a34', text: '#97a2b0' },
}
const colours = {
  light: ['#2f7fc1', '#5b6472', '#7b3ff2', '#007f73', '#c9187e', '#4c7a00', '#8a4b1f', '#00759e'],
  dark: ['#65b2fb', '#9aa5b3', '#b795ff', '#3fd6c4', '#ff7fc0', '#b4dc4a', '#f4dc5c', '#ffae8f'],
}

// Charts draws what the reader chose of what the vehicle said, one below the other, on the timeline's hours.
export function Charts() {
  const text = words.history.charts
  const { value: said } = track
  if (!said) return null
  if (charts.value.length === 0) return <p class="hint">{text.none}</p>
  return (
    <>
      {charts.value.map((name, n) =>
        said.values.has(name) ? (
          <Chart key={`${name} ${said.id} ${dark.value} ${units.value}`} name={name} track={said} place={n} />
        ) : (
          <p key={name} class="hint">
            {measureOf(name).text}: {text.nothing}
          </p>
        ),
      )}
    </>
  )
}

// measureOf is a value's name for people, its unit, and by what it is multiplied to be in that unit.
export function measureOf(name: string): { text: string; unit: string; factor: number } {
  const known = title(name)
  const text = words.history.charts.names[name] ?? known.text
  const unit = known.unit
  if (units.value === 'imperial') {
    if (unit === 'km/h') return { text, unit: words.units.mph, factor: 1 / 1.609344 }
    if (unit === 'km') return { text, unit: words.units.mi, factor: 1 / 1.609344 }
    if (name === 'odometer_m') return { text, unit: words.units.mi, factor: 1 / 1609.344 }
    if (unit === 'm') return { text, unit: words.units.ft, factor: 1 / 0.3048 }
  }
  if (name === 'odometer_m') return { text, unit: words.units.km, factor: 1 / 1000 }
  return { text, unit, factor: 1 }
}

const isSwitch = (values: Float64Array): boolean => values.every((v) => Number.isNaN(v) || v === 0 || v === 1)

interface Props {
  name: string
  track: Track
  place: number
}

function Chart({ name, track: said, place }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const plot = useRef<Plot | null>(null)
  const { factor } = measureOf(name)
  const values = said.values.get(name)!
  const [from, to] = viewed.value
  const draw = () => {
    const element = box.current
    if (!element || !plot.current) return
    const [x, y] = thin(said.time, values, from, to, element.clientWidth, said.gap)
    const scaled = factor === 1 ? y : y.map((v) => (v === null ? null : v * factor))
    plot.current.show([x, scaled], from, to, ticks(from, to, zone.value, 12))
  }
  const latest = useRef(draw)
  latest.current = draw
  useEffect(() => {
    const element = box.current!
    let gone = false
    const side = dark.value ? 'dark' : 'light'
    const palette = colours[side]
    import('./plot').then(
      ({ openPlot }) => {
        if (gone) return
        const look = {
          colour: palette[place % palette.length]!,
          ...lines[side],
          ...gutter(),
          stepped: isSwitch(values),
        }
        plot.current = openPlot(element, look, element.clientWidth, height)
        latest.current()
      },
      () => undefined, // the table and the map tell the same
    )
    const sizes = new ResizeObserver(() => {
      plot.current?.resize(element.clientWidth, height)
      columnWidth.value = element.clientWidth
      latest.current()
    })
    sizes.observe(element)
    return () => {
      gone = true
      sizes.disconnect()
      plot.current?.close()
      plot.current = null
    }
  }, [])
  useEffect(draw)
  return (
    <figure class="plot" aria-label={measureOf(name).text}>
      <div ref={box} style={{ height: `${height}px` }} />
      <Reading name={name} track={said} />
    </figure>
  )
}

// Reading is the chart's value at the moment shown.
function Reading({ name, track: said }: { name: string; track: Track }) {
  const { text, unit, factor } = measureOf(name)
  const value = valueAt(said, name, clock.shownAt.value)
  const decimals = Math.abs(value) < 100 && !Number.isInteger(value) ? (unit === 'V' ? 2 : 1) : 0
  return (
    <figcaption>
      {text} <b>{Number.isNaN(value) ? words.detail.unknown : number(value * factor, decimals)}</b> {unit}
    </figcaption>
  )
}
