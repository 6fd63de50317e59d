import { user } from '../../state'
import { Page } from '../../ui/kit/Page'
import { Tabs } from '../../ui/kit/Tabs'
import { words } from '../../words'
import { simAlarms, unseen } from '../../worries'
import { ImportRoom } from '../manage/ImportRoom'
import type { RoomProps } from '../rooms'
import { Inbox } from './Inbox'
import { SimList } from './SimList'
import '../../css/manage.css'
import '../../css/sims.css'

const text = words.sims

const count = (n: number): string | undefined => (n > 0 ? String(n) : undefined)

// Sims is the rooms for SIMs: their list, the SMS of senders whom nobody knows, and the import.
export default function Sims({ rest }: RoomProps) {
  const mayImport = user.value?.role !== 'viewer'
  const operator = user.value?.operator !== false && mayImport
  const tabs = [
    { href: '/sims', text: text.tabs.list, count: count(simAlarms.value) },
    ...(operator ? [{ href: '/sims/inbox', text: text.tabs.inbox, count: count(unseen.value) }] : []),
    ...(mayImport ? [{ href: '/sims/import', text: text.tabs.import }] : []),
  ]
  return (
    <Page title={text.title} wide={rest !== 'import'} tabs={<Tabs label={text.title} tabs={tabs} />}>
      {rest === 'import' ? <ImportRoom of={imported} /> : rest === 'inbox' ? <Inbox /> : <SimList />}
    </Page>
  )
}

const imported = {
  path: '/api/sims/import',
  file: 'sims.csv',
  text: text.import,
  example: `iccid,imsi,msisdn,operator,apn,plan,state,pin,device,budget_bytes,budget_messages,note
8933150319010000017,208150000000001,+33612345678,Free,free,M2M 50 MB,active,,356307042441013,52428800,50,
8933150319010000025,208150000000002,+33612345679,Free,free,M2M 50 MB,stock,,,,,in the drawer
`,
}
