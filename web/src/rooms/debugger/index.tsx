import '../../css/debugger.css'
import { user } from '../../state'
import { Page } from '../../ui/kit/Page'
import { Tabs } from '../../ui/kit/Tabs'
import { words } from '../../words'
import { operators, type RoomProps } from '../rooms'
import { Live } from './Live'
import { Misreads } from './Misreads'

const text = words.debug

// Debugger shows what goes over devices' lines, and to who runs the server also what nobody understood.
export default function Debugger({ rest }: RoomProps) {
  const runs = operators(user.value!)
  const misreads = runs && rest === 'misreads'
  const tabs = [
    { href: '/debugger', text: text.tabs.live },
    { href: '/debugger/misreads', text: text.tabs.misreads },
  ]
  return (
    <Page
      title={text.title}
      lead={misreads ? text.misreadsLead : text.lead}
      tabs={runs ? <Tabs label={text.title} tabs={tabs} /> : undefined}
      wide
    >
      {misreads ? <Misreads /> : <Live />}
    </Page>
  )
}
