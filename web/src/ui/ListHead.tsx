import { type Sort, sorts } from '../fleet/view'
import { number } from '../format'
import { facts, foldAll, grouped, inRows, setFolded, setGrouped, toggleFact } from '../listing'
import { choices, density, prefer } from '../preferences'
import { fleet, group, shown, sort } from '../state'
import { words } from '../words'
import { Icon } from './Icon'

// ListHead says how many vehicles are listed, in which order, and lets people choose how.
export function ListHead() {
  fleet.version.value
  const [some, all] = [shown.value.length, fleet.named]
  return (
    <header>
      <h2>{words.list.heading}</h2>
      <span class="count" role="status">
        {some === all ? number(all) : words.list.of(number(some), number(all))}
      </span>
      <label class="sort">
        <span>{words.list.sort}</span>
        <select
          value={sort.value}
          onChange={(event) => {
            sort.value = event.currentTarget.value as Sort
          }}
        >
          {sorts.map((key) => (
            <option key={key} value={key}>
              {words.list.sorts[key]}
            </option>
          ))}
        </select>
        <Icon name="chevronDown" size={14} />
      </label>
      <button
        type="button"
        class="quiet square"
        popovertarget="list-view"
        aria-label={words.list.view}
        title={words.list.view}
      >
        <Icon name="sliders" size={17} />
      </button>
      <View />
      {group.value !== null && <OnlyGroup path={group.value} />}
    </header>
  )
}

function OnlyGroup({ path }: { path: string }) {
  return (
    <p class="only">
      <Icon name="folder" size={15} />
      <span>{words.list.onlyGroup(path || words.list.noGroup)}</span>
      <button
        type="button"
        class="quiet square"
        aria-label={words.list.allGroups}
        onClick={() => {
          group.value = null
        }}
      >
        <Icon name="x" size={14} />
      </button>
    </p>
  )
}

// View is the menu of how the list looks.
function View() {
  return (
    <div id="list-view" class="menu list-view" popover="auto">
      <label class="check">
        <input
          type="checkbox"
          checked={grouped.value}
          onChange={(event) => setGrouped(event.currentTarget.checked)}
        />
        {words.list.grouped}
        <kbd>B</kbd>
      </label>
      {grouped.value && (
        <p class="folds">
          <button type="button" onClick={foldAll}>
            {words.list.foldAll}
          </button>
          <button type="button" onClick={() => setFolded(new Set())}>
            {words.list.unfoldAll}
          </button>
        </p>
      )}
      <fieldset class="densities">
        <legend>{words.list.density}</legend>
        {choices.density.map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={density.value === name}
            onClick={() => prefer('density', name)}
          >
            {words.list.densities[name]}
          </button>
        ))}
      </fieldset>
      <fieldset>
        <legend>{words.list.show}</legend>
        {facts.map((fact) => (
          <label key={fact} class="check">
            <input type="checkbox" checked={inRows.value.has(fact)} onChange={() => toggleFact(fact)} />
            {words.list.facts[fact]}
          </label>
        ))}
      </fieldset>
    </div>
  )
}
