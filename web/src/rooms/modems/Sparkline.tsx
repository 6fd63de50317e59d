import { readModemHistory } from '../../api/modems'
import { clock, number } from '../../format'
import { fleet } from '../../state'
import { useEvery } from '../../ui/every'
import { useLoad } from '../../ui/kit/load'
import { words } from '../../words'
import { beginOf, sparkOf } from './signal'

const [width, height] = [300, 40]
const day = 86_400_000

// Sparkline is a modem's signal over the last day.
export function Sparkline({ name }: { name: string }) {
  const round = useEvery(300_000)
  const { data } = useLoad(
    async (signal) => {
      const to = fleet.serverNow()
      return { to, points: await readModemHistory(name, to - day, to, signal) }
    },
    [name, round.value],
  )
  const read = data.value
  const from = read ? beginOf(read.points, read.to - day, read.to) : 0
  const spark = read && sparkOf(read.points, from, read.to, width, height)
  const label = spark ? words.modems.spark(number(spark.low), number(spark.high)) : words.modems.noSpark
  return (
    <figure class="spark" title={label}>
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={label}>
        <path class="base" d={`M0 ${height - 0.5}H${width}`} vector-effect="non-scaling-stroke" />
        {spark && <path class="line" d={spark.line} vector-effect="non-scaling-stroke" />}
      </svg>
      <figcaption aria-hidden="true">
        {read && from > read.to - day ? words.modems.since(clock(from)) : words.modems.day}
      </figcaption>
    </figure>
  )
}
