import type { ComponentChildren } from 'preact'
import type { VehicleDetail } from '../api'
import { age, direction, distanceIn, heightIn, number, plain, speedIn, title, type Value } from '../format'
import { headingKnown } from '../live/frame'
import { fleet } from '../state'
import { words } from '../words'

interface Reading {
  value: Value
  time: number // ms since 1970
}

const labels = words.detail.labels
const slack = 1500 // ms by which a value may be older than the last fix and still count as of it
const shownAbove = new Set([
  ...['speed_kmh', 'course_deg', 'ignition', 'external_v', 'battery_v', 'battery_percent', 'signal_percent'],
  ...['satellites', 'hdop', 'odometer_m', 'altitude_m', 'latitude', 'longitude', 'valid', 'alarms'],
])

function readings(about: VehicleDetail | null): Map<string, Reading> {
  return new Map((about?.values ?? []).map((v) => [v.name, { value: v.value, time: Date.parse(v.time) }]))
}

// Values is the grid of what every tracker says, each with its age; what is older than the last fix is greyed.
export function Values({ slot, about }: { slot: number; about: VehicleDetail | null }) {
  fleet.version.value
  const all = readings(about)
  const fixedAt = about?.last?.time ? Date.parse(about.last.time) : fleet.fixedAt[slot]!
  const cell = (name: keyof typeof labels, unit: string, write = plain, from: string = name, extra = '') => {
    const reading = all.get(from)
    return (
      <Cell label={labels[name]} reading={reading} fixedAt={fixedAt}>
        {reading && reading.value !== null ? (
          <>
            <b>{write(reading.value)}</b> {unit} {extra && <small>{extra}</small>}
          </>
        ) : null}
      </Cell>
    )
  }
  const hdop = all.get('hdop')?.value
  const precise = typeof hdop === 'number' ? `HDOP ${number(hdop, 1)}` : ''
  const odometer = Number(all.get('odometer_m')?.value ?? 0)
  const battery = all.has('battery_percent') ? 'battery_percent' : 'battery_v'
  return (
    <dl class="values">
      <Speed slot={slot} />
      <Heading slot={slot} />
      {cell('ignition', '', (v) => (v ? words.detail.on : words.detail.off))}
      {cell('external_v', 'V', decimals(1))}
      {cell(
        'battery',
        battery === 'battery_v' ? 'V' : '%',
        decimals(battery === 'battery_v' ? 2 : 0),
        battery,
      )}
      {cell('signal_percent', '%', decimals(0))}
      {cell('satellites', '', plain, 'satellites', precise)}
      {cell('odometer_m', distanceIn(odometer).unit, (v) => distanceIn(Number(v)).text)}
      {cell('altitude_m', heightIn(0).unit, (v) => heightIn(Number(v)).text)}
    </dl>
  )
}

const decimals = (n: number) => (value: Value) =>
  typeof value === 'number' ? number(value, n) : plain(value)

// Speed and heading come with the live line, and so are a second old at most.
function Speed({ slot }: { slot: number }) {
  fleet.version.value
  const speed = fleet.speedOf(slot)
  return (
    <Cell label={labels.speed_kmh} reading={live(slot)} fixedAt={fleet.fixedAt[slot]!}>
      {Number.isNaN(speed) ? null : (
        <>
          <b>{speedIn(speed).text}</b> {speedIn(speed).unit}
        </>
      )}
    </Cell>
  )
}

function Heading({ slot }: { slot: number }) {
  fleet.version.value
  const known = (fleet.state[slot]! & headingKnown) !== 0
  const degrees = Math.round((fleet.heading[slot]! * 360) / 256)
  return (
    <Cell label={labels.course_deg} reading={live(slot)} fixedAt={fleet.fixedAt[slot]!}>
      {known ? (
        <>
          <b>{degrees}°</b> {direction(degrees)}
        </>
      ) : null}
    </Cell>
  )
}

const live = (slot: number): Reading => ({ value: null, time: fleet.fixedAt[slot]! })

interface CellProps {
  label: string
  reading: Reading | undefined
  fixedAt: number
  children: ComponentChildren
}

function Cell({ label, reading, fixedAt, children }: CellProps) {
  fleet.version.value
  const known = children !== null && reading !== undefined
  return (
    <div data-old={known && reading.time < fixedAt - slack}>
      <dt>{label}</dt>
      <dd>
        <span class="value">{known ? children : words.detail.unknown}</span>
        <span class="age">{known && ageOf(reading.time)}</span>
      </dd>
    </div>
  )
}

const ageOf = (time: number): string => age(Math.max(0, (fleet.serverNow() - time) / 1000))

// MoreValues lists whatever else the vehicle's tracker has said, under the names that its protocol gives.
export function MoreValues({ about }: { about: VehicleDetail }) {
  fleet.version.value
  const fixedAt = about.last?.time ? Date.parse(about.last.time) : 0
  const all = readings(about)
  const rest = [...all].filter(([name, reading]) => !shownAbove.has(name) && reading.value !== null)
  const place =
    about.last?.latitude == null
      ? ''
      : `${about.last.latitude.toFixed(5)}, ${about.last.longitude?.toFixed(5)}`
  if (rest.length === 0 && !place) return null
  return (
    <section class="more">
      <h3>{words.detail.more}</h3>
      <dl>
        {place && <Line label={words.detail.place} text={place} time={fixedAt} fixedAt={fixedAt} />}
        {rest
          .sort(([a], [b]) => a.localeCompare(b, undefined, { numeric: true }))
          .map(([name, reading]) => {
            const { text, unit } = title(name)
            const value = `${plain(reading.value)}${unit && ` ${unit}`}`
            return <Line key={name} label={text} text={value} time={reading.time} fixedAt={fixedAt} />
          })}
      </dl>
    </section>
  )
}

function Line({
  label,
  text,
  time,
  fixedAt,
}: {
  label: string
  text: string
  time: number
  fixedAt: number
}) {
  fleet.version.value
  return (
    <div data-old={time < fixedAt - slack}>
      <dt>{label}</dt>
      <dd>
        <span class="value">{text}</span>
        <span class="age">{ageOf(time)}</span>
      </dd>
    </div>
  )
}
