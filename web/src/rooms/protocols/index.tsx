import '../../css/protocols.css'
import { useSignal } from '@preact/signals'
import { readProtocols } from '../../api/protocols'
import { Empty } from '../../ui/kit/Empty'
import { useLoad } from '../../ui/kit/load'
import { Page } from '../../ui/kit/Page'
import { Problem } from '../../ui/kit/Problem'
import { Progress } from '../../ui/kit/Progress'
import { words } from '../../words'
import type { RoomProps } from '../rooms'
import { Families } from './Families'
import { Guide } from './Guide'

const text = words.protocols

// Protocols is what trackers can speak here: all families, or at /protocols/NAME the guide of one.
export default function Protocols({ rest }: RoomProps) {
  const read = useLoad(readProtocols)
  const search = useSignal('')
  const all = read.data.value
  if (!all) {
    return (
      <Page title={text.title}>
        <Problem message={read.problem.value} retry={read.reload} />
        {read.busy.value && <Progress label={text.loading} />}
      </Page>
    )
  }
  const name = decodeURIComponent(rest)
  if (!name) return <Families all={all} search={search} />
  const one = all.find((p) => p.name === name)
  if (one) return <Guide key={one.name} of={one} />
  const home = (
    <a class="button" href="/protocols">
      {text.all}
    </a>
  )
  return (
    <Page title={text.title}>
      <Empty icon="radio" title={text.unknown(name)} action={home} />
    </Page>
  )
}
