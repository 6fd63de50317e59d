import { mapKeys } from '../keyboard'
import { fleet, follow, selected } from '../state'
import { Icon, type IconName } from '../ui/Icon'
import { toggleWatched, watched } from '../watched'
import { words } from '../words'
import { bases, bearing, choose, type Layers, layers, mapControls } from './chosen'
import { measuring } from './measure'

// Controls are the buttons on the map's right edge.
export function Controls() {
  const keys = mapKeys.value
  return (
    <div class="controls" role="toolbar" aria-label={words.map.controls} aria-orientation="vertical">
      <div>
        <Button label={words.map.zoomIn} icon="plus" act={() => keys?.zoom(1)} />
        <Button label={words.map.zoomOut} icon="minus" act={() => keys?.zoom(-1)} />
        <Compass />
        <Button label={words.map.fit} icon="maximize" act={() => keys?.fit()} />
      </div>
      <OfSelected />
      <div>
        <button
          type="button"
          popovertarget="map-menu"
          aria-label={words.map.menu}
          title={words.map.menu}
          class="opens-menu"
        >
          <Icon name="layers" />
        </button>
        <Button
          label={words.map.measure}
          icon="ruler"
          pressed={measuring.value !== null}
          act={() => {
            measuring.value = measuring.value ? null : []
          }}
        />
      </div>
      <Menu />
    </div>
  )
}

interface ButtonProps {
  label: string
  icon: IconName
  act: () => void
  pressed?: boolean
}

function Button({ label, icon, act, pressed }: ButtonProps) {
  return (
    <button type="button" aria-label={label} title={label} aria-pressed={pressed} onClick={act}>
      <Icon name={icon} />
    </button>
  )
}

function Compass() {
  return (
    <button
      type="button"
      aria-label={words.map.north}
      title={words.map.north}
      onClick={() => mapControls.value?.north()}
    >
      <svg width="22" height="22" viewBox="-11 -11 22 22" aria-hidden="true">
        <g transform={`rotate(${-bearing.value})`}>
          <path class="north" d="M0 -9.5 3.6 0H-3.6Z" />
          <path class="south" d="M0 9.5 3.6 0H-3.6Z" />
        </g>
      </svg>
    </button>
  )
}

// OfSelected is there while a vehicle is selected.
function OfSelected() {
  const id = selected.value
  if (id === null) return null
  const slot = fleet.slot(id)
  const on = watched.value.includes(id)
  return (
    <div>
      <Button
        label={follow.value ? words.detail.following : words.detail.follow}
        icon="locate"
        pressed={follow.value}
        act={() => {
          follow.value = !follow.value
        }}
      />
      <Button
        label={on ? words.map.unwatch(fleet.names[slot] ?? '') : words.map.watch}
        icon="eye"
        pressed={on}
        act={() => toggleWatched(id)}
      />
    </div>
  )
}

const shows = ['clusters', 'labels', 'trails'] as const

function Menu() {
  const now = layers.value
  return (
    <div id="map-menu" class="map-menu" popover="auto">
      <Choice
        title={words.map.base}
        options={bases.map((base) => [words.map.bases[base], { base }])}
        chosen={(change) => change.base === now.base}
      />
      <Choice
        title={words.map.names}
        options={[
          [words.map.own, { local: false }],
          [words.map.local, { local: true }],
        ]}
        chosen={(change) => change.local === now.local}
      />
      <fieldset>
        <legend>{words.map.show}</legend>
        {shows.map((key) => (
          <label key={key}>
            <input
              type="checkbox"
              checked={now[key]}
              onChange={(event) => choose({ [key]: event.currentTarget.checked })}
            />
            {words.map[key]}
          </label>
        ))}
      </fieldset>
    </div>
  )
}

interface ChoiceProps {
  title: string
  options: [label: string, change: Partial<Layers>][]
  chosen: (change: Partial<Layers>) => boolean
}

function Choice({ title, options, chosen }: ChoiceProps) {
  return (
    <fieldset>
      <legend>{title}</legend>
      {options.map(([label, change]) => (
        <label key={label}>
          <input type="radio" name={title} checked={chosen(change)} onChange={() => choose(change)} />
          {label}
        </label>
      ))}
    </fieldset>
  )
}
