import { useSignalEffect } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { start } from '../desk'
import { listenToKeys } from '../keyboard'
import { padding } from '../map/chosen'
import { dialog, fleet, isAdmin, ready, selected, sheet } from '../state'
import { keepTrail } from '../trail'
import { words } from '../words'
import { Banner } from './Banner'
import { Detail } from './Detail'
import { DevicesDialog } from './DevicesDialog'
import { EmptyFleet } from './EmptyFleet'
import { Grip } from './Grip'
import { Help } from './Help'
import { watchKnocks } from './knocks'
import { MapPane } from './MapPane'
import { TopBar } from './TopBar'
import { VehicleList } from './VehicleList'
import { narrow, phone } from './width'

export function Desk() {
  useEffect(() => {
    const ends = [start(), listenToKeys(), keepTrail()]
    if (isAdmin.peek()) ends.push(watchKnocks())
    return () => {
      for (const end of ends) end()
    }
  }, [])
  useTitle()
  useCovered()

  fleet.version.value
  const empty = ready.value && fleet.named === 0
  const detail = selected.value !== null
  return (
    <div class="desk" data-sheet={sheet.value} data-detail={detail}>
      <TopBar />
      <Banner />
      <main>
        <aside class="side" aria-label={words.list.heading}>
          {phone.value && <Grip />}
          <VehicleList hidden={detail && phone.value} />
          {phone.value && detail && <Detail />}
        </aside>
        <MapPane />
        {empty && <EmptyFleet />}
        {!phone.value && detail && <Detail />}
      </main>
      {dialog.value === 'help' && <Help />}
      {dialog.value === 'devices' && <DevicesDialog />}
    </div>
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
