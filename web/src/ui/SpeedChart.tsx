import { clock, speed } from '../format'
import { fleet } from '../state'
import { type TrailPoint, trail, trailSpan } from '../trail'
import { words } from '../words'

const width = 326
const height = 58
const gap = 3 * 60_000 // ms without a fix that break the line

// SpeedChart draws the selected vehicle's speed over the last half hour.
export function SpeedChart() {
  fleet.version.value
  const points = trail.value.filter((p) => !Number.isNaN(p.speed))
  const to = fleet.serverNow()
  const top = Math.max(20, ...points.map((p) => p.speed)) * 1.08
  const x = (p: TrailPoint) => (1 - (to - p.time) / trailSpan) * width
  const y = (p: TrailPoint) => height - (p.speed / top) * (height - 4)
  const fastest = points.length > 0 ? Math.max(...points.map((p) => p.speed)) : Number.NaN
  return (
    <section class="chart">
      <h3>
        {words.detail.speed30}
        {points.length > 1 && <span>{words.detail.upTo(speed(fastest))}</span>}
      </h3>
      {points.length < 2 ? (
        <p>{words.detail.noTrail}</p>
      ) : (
        <>
          <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
            {runs(points).map((run) => {
              const line = run.map((p) => `${x(p).toFixed(1)} ${y(p).toFixed(1)}`).join('L')
              const [first, last] = [x(run[0]!).toFixed(1), x(run.at(-1)!).toFixed(1)]
              return (
                <g key={run[0]!.time}>
                  <path class="area" d={`M${first} ${height}L${line}L${last} ${height}Z`} />
                  <path class="line" d={`M${line}`} vector-effect="non-scaling-stroke" />
                </g>
              )
            })}
          </svg>
          <p class="axis" aria-hidden="true">
            <span>{clock(to - trailSpan)}</span>
            <span>{clock(to - trailSpan / 2)}</span>
            <span>{clock(to)}</span>
          </p>
        </>
      )}
    </section>
  )
}

// runs cuts the points where nothing came for a while.
function runs(points: TrailPoint[]): TrailPoint[][] {
  const cut: TrailPoint[][] = []
  let before = Number.NEGATIVE_INFINITY
  for (const point of points) {
    if (point.time - before > gap) cut.push([])
    cut.at(-1)!.push(point)
    before = point.time
  }
  return cut
}
