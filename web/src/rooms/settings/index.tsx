import '../../css/settings.css'
import { Page } from '../../ui/kit/Page'
import { Tabs } from '../../ui/kit/Tabs'
import { words } from '../../words'
import type { RoomProps } from '../rooms'
import { Account } from './Account'
import { Links } from './Links'
import { Security } from './Security'
import { Tokens } from './Tokens'

const { tabs } = words.settings

export default function Settings({ rest }: RoomProps) {
  const links = [
    { href: '/settings', text: tabs.account },
    { href: '/settings/security', text: tabs.security },
    { href: '/settings/tokens', text: tabs.tokens },
    { href: '/settings/links', text: tabs.links },
  ]
  return (
    <Page title={words.settings.title} tabs={<Tabs label={words.settings.title} tabs={links} />}>
      {rest === 'security' ? (
        <Security />
      ) : rest === 'tokens' ? (
        <Tokens />
      ) : rest === 'links' ? (
        <Links />
      ) : (
        <Account />
      )}
    </Page>
  )
}
