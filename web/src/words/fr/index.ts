import type { Words } from '../en'
import { audit } from './audit'
import { common } from './common'
import { consoleWords as console } from './console'
import { desk } from './desk'
import { detail, messages, sharing } from './detail'
import { docs } from './docs'
import { devices, guide, knocks } from './guide'
import { history } from './history'
import { kit } from './kit'
import { commands, help, list } from './list'
import { manage } from './manage'
import { map } from './map'
import { modems } from './modems'
import { debug, profile, protocols, sending } from './protocols'
import { server } from './server'
import { settings } from './settings'
import { share } from './share'
import { sims } from './sims'

export const fr: Words = {
  ...common,
  ...desk,
  list,
  commands,
  help,
  detail,
  messages,
  sharing,
  devices,
  guide,
  knocks,
  kit,
  map,
  history,
  manage,
  audit,
  server,
  settings,
  docs,
  share,
  protocols,
  sending,
  profile,
  debug,
  console,
  modems,
  sims,
}
