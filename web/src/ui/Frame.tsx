import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'
import { start } from '../desk'
import { keepDeskRoute } from '../deskroute'
import { listenToKeys } from '../keyboard'
import { keepSnapshot } from '../offline/snapshot'
import { type RoomProps, roomAt, rooms } from '../rooms/rooms'
import { path } from '../route'
import { dialog, isAdmin, user } from '../state'
import { words } from '../words'
import { watchWorries } from '../worries'
import { Banner } from './Banner'
import { Commands } from './Commands'
import { Confirming } from './kit/confirm'
import { Empty } from './kit/Empty'
import { Toasts } from './kit/toast'
import { watchKnocks } from './knocks'
import { lazy } from './lazy'
import { Rail } from './Rail'
import { TopBar } from './TopBar'

const DevicesDialog = lazy(() => import('./DevicesDialog'))
const Help = lazy(() => import('./Help'))
const ShareDialog = lazy(() => import('./ShareDialog'))

const components = new Map<string, ComponentType<RoomProps>>(
  rooms.map((room) => [room.path, lazy(room.load)]),
)

// Frame is what stands around every room: the rail, the top bar, and what may lie over a room. The live line lasts as
// long as the frame, so that a room entered again shows the fleet at once.
export function Frame() {
  useEffect(() => {
    const ends = [start(), keepDeskRoute(), listenToKeys(), keepSnapshot(), watchWorries()]
    if (isAdmin.peek()) ends.push(watchKnocks())
    return () => {
      for (const end of ends) end()
    }
  }, [])
  return (
    <div class="frame">
      <TopBar />
      <Rail />
      <Banner />
      <div class="room">
        <Entered />
      </div>
      {dialog.value === 'commands' && <Commands />}
      {dialog.value === 'help' && <Help />}
      {dialog.value === 'devices' && <DevicesDialog />}
      {dialog.value === 'share' && <ShareDialog />}
      <Confirming />
      <Toasts />
    </div>
  )
}

function Entered() {
  const at = roomAt(path.value)
  useEffect(() => {
    if (at?.room.path !== '/') document.title = `${at ? words.rooms[at.room.word] : ''} · ${words.title}`
  }, [at?.room])
  const home = (
    <a class="button" href="/">
      {words.rooms.home}
    </a>
  )
  if (!at) return <Empty icon="map" title={words.rooms.missing} action={home} />
  if (at.room.may && !at.room.may(user.value!)) {
    return <Empty icon="lock" title={words.rooms.notAllowed} action={home} />
  }
  const Room = components.get(at.room.path)!
  return <Room key={at.room.path} rest={at.rest} />
}
