import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { Icon } from '../../ui/Icon'
import { words } from '../../words'
import { noteNames } from './names'
import { closePopover, Popover } from './Popover'
import { findVehicles, type ListedVehicle } from './read'
import { choose, nameOf, names, vehicles } from './room'

const id = 'history-vehicles'
const listed = 60
const patience = 180 // ms of rest before a search is sent

// Vehicles chooses whose time is shown: one vehicle, several on one clock, or the whole fleet.
export function Vehicles() {
  const text = words.history.vehicles
  names.value
  const [first, ...others] = vehicles.value
  const open = useSignal(false)
  return (
    <Popover
      id={id}
      label={text.label}
      class="pick"
      opened={() => {
        open.value = true
      }}
      closed={() => {
        open.value = false
      }}
      button={
        <>
          <Icon name="truck" size={17} />
          <span class="hidden">{text.label}</span>
          <b>{first === undefined ? text.fleet : nameOf(first)}</b>
          {first !== undefined && <span class="plate">{names.value.get(first)?.plate}</span>}
          {others.length > 0 && <span class="count">{text.more(others.length)}</span>}
          <Icon name="chevronDown" size={15} />
        </>
      }
    >
      {open.value && <Choice />}
    </Popover>
  )
}

function Choice() {
  const text = words.history.vehicles
  const search = useSignal('')
  const found = useSignal<ListedVehicle[] | null>(null)
  const problem = useSignal('')
  useEffect(() => {
    const abort = new AbortController()
    const read = () =>
      findVehicles(search.value, listed, '', abort.signal).then(
        (page) => {
          problem.value = ''
          found.value = page.items ?? []
          noteNames(found.value)
        },
        (error: Error) => {
          if (!abort.signal.aborted) problem.value = error.message
        },
      )
    const timer = setTimeout(read, found.value ? patience : 0)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [search.value, found, problem, search])
  const only = (ids: number[]) => {
    choose(ids)
    closePopover(id)
  }
  const rows = found.value ?? []
  const chosen = vehicles.value.filter((one) => !rows.some((row) => row.id === one))
  const all = search.value ? rows : [...chosen.map((one) => names.value.get(one) ?? nameless(one)), ...rows]
  return (
    <div class="picking">
      <input
        type="search"
        autofocus
        placeholder={text.search}
        aria-label={text.searchLabel}
        value={search.value}
        onInput={(event) => {
          search.value = event.currentTarget.value
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && rows[0]) only([rows[0].id])
        }}
      />
      <button type="button" class="fleet" aria-pressed={vehicles.value.length === 0} onClick={() => only([])}>
        <Icon name="users" size={17} />
        <b>{text.fleet}</b>
        <span>{text.fleetLead}</span>
      </button>
      {problem.value && <p class="problem">{problem.value}</p>}
      {!found.value && !problem.value && <p class="hint">{text.loading}</p>}
      {found.value && all.length === 0 && <p class="hint">{text.none}</p>}
      <ul>
        {all.map((vehicle) => (
          <One key={vehicle.id} vehicle={vehicle} only={() => only([vehicle.id])} />
        ))}
      </ul>
    </div>
  )
}

const nameless = (one: number): ListedVehicle => ({ id: one, name: nameOf(one), plate: null })

function One({ vehicle, only }: { vehicle: ListedVehicle; only: () => void }) {
  const text = words.history.vehicles
  const { id: one, plate } = vehicle
  const name = nameOf(one)
  const chosen = vehicles.value.includes(one)
  return (
    <li data-chosen={chosen}>
      <input
        type="checkbox"
        checked={chosen}
        aria-label={text.add(name)}
        onChange={() => choose(chosen ? vehicles.value.filter((v) => v !== one) : [...vehicles.value, one])}
      />
      <button type="button" aria-label={text.only(name)} onClick={only}>
        <b>{name}</b>
        <span class="plate">{plate}</span>
      </button>
    </li>
  )
}
