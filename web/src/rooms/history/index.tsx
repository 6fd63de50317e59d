import { useEffect } from 'preact/hooks'
import '../../css/history.css'
import '../../css/history-pick.css'
import '../../css/history-list.css'
import '../../css/history-dock.css'
import '../../css/history-small.css'
import '../../css/history-print.css'
import { words } from '../../words'
import { keepView } from './axis'
import { keepPlacing } from './crowd'
import { Dock } from './Dock'
import { Header } from './Header'
import { listenToKeys } from './keys'
import { MapPane } from './MapPane'
import { keepNames } from './names'
import { Paper } from './Paper'
import { enter, mode, sheet } from './room'
import { Side } from './Side'

// History is the room of what was: a vehicle's day on map, timeline and charts, and playback of one or many.
export default function History() {
  useEffect(() => {
    const ends = [enter(), keepNames(), keepPlacing(), keepView(), listenToKeys()]
    return () => {
      for (const end of ends) end()
    }
  }, [])
  return (
    <main class="history" data-mode={mode.value} data-sheet={sheet.value}>
      <Header />
      <MapPane />
      <div class="panel">
        <SheetGrip />
        <Dock />
        <Side />
      </div>
      <Paper />
    </main>
  )
}

// SheetGrip moves the phone's sheet.
function SheetGrip() {
  const text = words.history.sheet
  const next = { low: 'half', half: 'full', full: 'low' } as const
  return (
    <button
      type="button"
      class="grip"
      aria-label={sheet.value === 'full' ? text.collapse : text.expand}
      onClick={() => {
        sheet.value = next[sheet.value]
      }}
    />
  )
}
