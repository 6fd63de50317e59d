import { readModems } from '../../api/modems'
import { useNotices } from '../../notices'
import { useEvery } from '../../ui/every'
import { useLoad } from '../../ui/kit/load'
import { Page } from '../../ui/kit/Page'
import { Problem } from '../../ui/kit/Problem'
import { Progress } from '../../ui/kit/Progress'
import { words } from '../../words'
import type { RoomProps } from '../rooms'
import { Attach } from './Attach'
import { Card } from './Card'
import { ModemPage } from './ModemPage'
import '../../css/modems.css'

const text = words.modems

// Modems is the room in which the modems and their SIMs are seen at a glance, and one of them closely.
export default function Modems({ rest }: RoomProps) {
  const round = useNotices('modem')
  const minute = useEvery(30_000)
  const { data, problem, reload } = useLoad(readModems, [round, minute.value])
  const modems = data.value
  const open = rest && modems?.find((m) => m.name === decodeURIComponent(rest))
  if (open) return <ModemPage key={open.name} modem={open} reload={reload} />
  return (
    <Page title={text.title} lead={modems && modems.length > 0 ? text.lead(modems.length) : undefined}>
      <Problem message={problem.value} retry={reload} />
      {!modems && !problem.value && <Progress label={words.loading} />}
      {modems?.length === 0 && <Attach />}
      {modems && modems.length > 0 && (
        <ul class="modems">
          {modems.map((modem) => (
            <Card key={modem.name} modem={modem} />
          ))}
        </ul>
      )}
    </Page>
  )
}
