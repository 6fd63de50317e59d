import { useSignal } from '@preact/signals'
import { plainText, searchWords } from '../../fleet/search'
import { number } from '../../format'
import { fleet } from '../../state'
import { Icon } from '../../ui/Icon'
import { VehicleGlyph } from '../../ui/Row'
import { phone } from '../../ui/width'
import { words } from '../../words'
import { aboveOf, type Group } from './groups'

const text = words.console
const most = 200 // vehicles that are listed at once; more are found by searching

interface Props {
  groups: Group[]
  vehicle: number // the open one's id; 0 for none, as with group
  group: number
}

// Targets lists those for whom there is a console: everybody, the groups, the vehicles.
export function Targets({ groups, vehicle, group }: Props) {
  const search = useSignal('')
  fleet.version.value
  const wanted = searchWords(search.value)
  const fits = (of: string) => wanted.every((word) => of.includes(word))
  const chosenGroups = groups.filter((g) => fits(plainText(g.path)))
  const above = (g: Group) => (wanted.length > 0 ? '' : aboveOf(g.path, groups))
  const slots = vehicleSlots(fits)
  const open = vehicle || group
  return (
    <aside class="targets" aria-label={text.search}>
      <input
        type="search"
        aria-label={text.search}
        placeholder={text.search}
        value={search.value}
        onInput={(event) => {
          search.value = event.currentTarget.value
        }}
      />
      <nav aria-label={text.title}>
        {wanted.length === 0 && (
          <a href="/console?all" aria-current={open || phone.value ? undefined : 'page'}>
            <Icon name="layers" size={17} />
            <b>{text.all}</b>
          </a>
        )}
        {chosenGroups.length > 0 && <h2>{text.groups}</h2>}
        {chosenGroups.map((g) => (
          <a
            key={`g${g.id}`}
            href={`/console?group=${g.id}`}
            aria-current={g.id === group ? 'page' : undefined}
            style={{ marginLeft: `${18 * (above(g).split('/').length - 1)}px` }}
          >
            <Icon name="folder" size={17} />
            <b title={g.path}>{g.path.slice(above(g).length)}</b>
            <small>{number(countOf(g.path))}</small>
          </a>
        ))}
        {slots.length > 0 && <h2>{text.vehicles}</h2>}
        {slots.map((slot) => (
          <a
            key={fleet.ids[slot]}
            href={`/console?vehicle=${fleet.ids[slot]}`}
            aria-current={fleet.ids[slot] === vehicle ? 'page' : undefined}
          >
            <VehicleGlyph slot={slot} size={17} />
            <b>{fleet.names[slot]}</b>
            <small>{fleet.plates[slot]}</small>
          </a>
        ))}
        {chosenGroups.length + slots.length === 0 && <p class="none">{text.noTarget}</p>}
      </nav>
    </aside>
  )
}

const { compare } = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

function vehicleSlots(fits: (of: string) => boolean): number[] {
  const found: number[] = []
  for (let slot = 0; slot < fleet.count; slot++) {
    if (fleet.names[slot] !== '' && fits(fleet.texts[slot]!)) found.push(slot)
  }
  return found.sort((a, b) => compare(fleet.names[a]!, fleet.names[b]!)).slice(0, most)
}

// countOf is how many vehicles are in a group or below it.
function countOf(path: string): number {
  let count = 0
  for (let slot = 0; slot < fleet.count; slot++) {
    const own = fleet.groups[slot]!
    if (own === path || own.startsWith(`${path}/`)) count++
  }
  return count
}
