import '../../css/console.css'
import { useEffect, useMemo } from 'preact/hooks'
import { api } from '../../api'
import { query } from '../../route'
import { fleet } from '../../state'
import { useLoad } from '../../ui/kit/load'
import { phone } from '../../ui/width'
import { words } from '../../words'
import { GroupConsole } from './GroupConsole'
import { readGroups } from './groups'
import { LogView } from './LogView'
import { Log } from './log'
import ModemLine from './ModemLine'
import { Targets } from './Targets'
import { VehicleConsole } from './VehicleConsole'

const text = words.console

// Console is the room for commands: a vehicle's, a group's, or everybody's.
export default function Console() {
  const vehicle = Number(query.value.get('vehicle')) || 0
  const group = Number(query.value.get('group')) || 0
  const { data: groups } = useLoad(readGroups)
  fleet.version.value
  const slot = vehicle ? fleet.slot(vehicle) : -1
  const groupName = groups.value?.find((g) => g.id === group)?.path ?? (group ? `#${group}` : '')
  const name = vehicle ? (slot < 0 ? `#${vehicle}` : fleet.names[slot]!) : groupName || text.all
  const chosen = vehicle > 0 || group > 0
  const all = !chosen && query.value.has('all') // which a phone has to say: its list stands there otherwise
  const wide = !phone.value
  return (
    <main class="console-room" data-chosen={chosen || all}>
      {(wide || !(chosen || all)) && <Targets groups={groups.value ?? []} vehicle={vehicle} group={group} />}
      {(wide || chosen || all) && (
        <section class="console-side">
          <header>
            {!wide && (
              <a class="button" href="/console">
                {words.back}
              </a>
            )}
            <h1>{name}</h1>
            <ModemLine />
          </header>
          {vehicle > 0 && <OfVehicle key={`v${vehicle}`} vehicle={vehicle} />}
          {group > 0 && <GroupConsole key={`g${group}`} group={group} name={groupName} />}
          {!chosen && <OfAll />}
        </section>
      )}
    </main>
  )
}

function OfVehicle({ vehicle }: { vehicle: number }) {
  const { data } = useLoad((signal) => api.vehicle(vehicle, signal), [vehicle])
  return (
    <VehicleConsole vehicle={vehicle} device={data.value ? (data.value.device?.id ?? null) : undefined} />
  )
}

function OfAll() {
  const log = useMemo(() => new Log(null), [])
  useEffect(() => () => log.end(), [log])
  return (
    <section class="console" aria-label={text.label(text.all)}>
      <LogView log={log} names />
      <p class="may-not">{text.chooseFirst}</p>
    </section>
  )
}
