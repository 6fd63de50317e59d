import { Page } from '../../ui/kit/Page'
import { Tabs } from '../../ui/kit/Tabs'
import { words } from '../../words'
import type { RoomProps } from '../rooms'
import { devices, ImportRoom } from './ImportRoom'
import { NounRoom } from './NounRoom'
import { nouns } from './nouns'
import '../../css/manage.css'

const text = words.manage

// Manage is the rooms for the fleet's nouns, one beside the other.
export default function Manage({ rest }: RoomProps) {
  const open = nouns.filter((n) => n.allowed())
  const noun = open.find((n) => n.key === rest) ?? open[0]!
  const tabs = open.map((n, at) => ({
    href: at === 0 && rest === '' ? '/manage' : `/manage/${n.key}`,
    text: text.nouns[n.key].tab,
  }))
  const isImport = rest === 'import'
  return (
    <Page
      title={text.title}
      wide={!isImport}
      tabs={
        <Tabs label={text.title} tabs={[...tabs, { href: '/manage/import', text: text.nouns.import.tab }]} />
      }
    >
      {isImport ? <ImportRoom of={devices} /> : <NounRoom key={noun.key} noun={noun} />}
    </Page>
  )
}
