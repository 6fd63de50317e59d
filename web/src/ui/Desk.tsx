import { useSignalEffect } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { padding } from '../map/chosen'
import { messagesOpen } from '../messages'
import { fleet, ready, selected, sheet } from '../state'
import { keepTrail } from '../trail'
import { words } from '../words'
import { Detail } from './Detail'
import { Grip } from './Grip'
import { lazy } from './lazy'
import { MapPane } from './MapPane'
import { VehicleList } from './VehicleList'
import { narrow, phone } from './width'

const EmptyFleet = lazy(() => import('./EmptyFleet'))
const Messages = lazy(() => import('./Messages'))

// Desk is the room in which the fleet is watched.
export default function Desk() {
  useEffect(keepTrail, [])
  useTitle()
  useCovered()

  fleet.version.value
  const empty = ready.value && fleet.named === 0
  const detail = selected.value !== null
  return (
    <main class="desk" data-sheet={sheet.value} data-detail={detail}>
      <aside class="side" aria-label={words.list.heading}>
        {phone.value && <Grip />}
        <VehicleList hidden={detail && phone.value} />
        {phone.value && detail && <Detail />}
      </aside>
      <MapPane />
      {detail && messagesOpen.value && <Messages />}
      {empty && <EmptyFleet />}
      {!phone.value && detail && <Detail />}
    </main>
  )
}

function useTitle() {
  useSignalEffect(() => {
    fleet.version.value
    const slot = selected.value === null ? -1 : fleet.slot(selected.value)
    document.title = slot >= 0 ? `${fleet.names[slot]} · ${words.title}` : words.title
  })
}

// useCovered tells the map which part of it lies under a panel.
function useCovered() {
  useSignalEffect(() => {
    const bottom = phone.value
      ? { low: 76, half: innerHeight * 0.46, full: innerHeight * 0.46 }[sheet.value]
      : 0
    const right = !phone.value && narrow.value && selected.value !== null ? 340 : 0
    const before = padding.peek()
    if (before.bottom !== bottom || before.right !== right) padding.value = { top: 0, left: 0, right, bottom }
  })
}
