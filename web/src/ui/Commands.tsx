import { useComputed, useSignal } from '@preact/signals'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { openHistory, shareSelected, toggleFollow, watchSelected } from '../actions'
import { type Command, findCommands } from '../commands'
import { kindKeys, kinds } from '../fleet/status'
import { mapKeys } from '../keyboard'
import { grouped, setGrouped, showAll } from '../listing'
import { openConsole, toggleMessages } from '../messages'
import { density, prefer } from '../preferences'
import { rooms } from '../rooms/rooms'
import { go, path } from '../route'
import { closeDialog, dialog, fleet, group, isAdmin, select, selected, states, user } from '../state'
import { words } from '../words'
import { Icon, type IconName } from './Icon'
import { VehicleGlyph } from './Row'

const text = words.commands
const icons: Record<Exclude<Command['kind'], 'vehicle'>, IconName> = {
  group: 'folder',
  room: 'arrowRight',
  action: 'sliders',
}

// Commands is the palette: everything by its name, by keyboard alone.
export function Commands() {
  const element = useRef<HTMLDialogElement>(null)
  const typed = useSignal('')
  const at = useSignal(0)
  useLayoutEffect(() => element.current?.showModal(), []) // at once: the next key is for its field
  const fixed = useComputed(fixedCommands)
  const found = useComputed(() =>
    findCommands(fleet, fixed.value, typed.value, { vehicle: open, group: only }),
  )
  const list = found.value
  const active = list[Math.min(at.value, list.length - 1)]

  const close = () => closeDialog('commands')
  const run = (command: Command | undefined) => {
    if (!command) return
    close()
    command.run()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }
    const by = steps[event.key]
    if (by !== undefined && list.length > 0) {
      const to = at.value + by
      at.value =
        Math.abs(by) === 1 ? (to + list.length) % list.length : Math.max(0, Math.min(list.length - 1, to))
    } else if (event.key === 'Enter') run(active)
    else return
    event.preventDefault()
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc closes it too
    <dialog
      ref={element}
      class="commands"
      aria-label={text.title}
      onCancel={close}
      onClick={(event) => event.target === element.current && close()}
    >
      <label class="typed">
        <Icon name="search" />
        <input
          type="text"
          role="combobox"
          aria-label={text.label}
          aria-expanded={true}
          aria-controls="command-list"
          aria-autocomplete="list"
          aria-activedescendant={active ? idOf(active) : undefined}
          autocomplete="off"
          spellcheck={false}
          placeholder={text.placeholder}
          value={typed.value}
          onInput={(event) => {
            typed.value = event.currentTarget.value
            at.value = 0
          }}
          onKeyDown={onKeyDown}
        />
        <kbd>Esc</kbd>
      </label>
      <div id="command-list" role="listbox" aria-label={text.title}>
        {list.map((command) => (
          <Line key={command.key} command={command} active={command === active} run={() => run(command)} />
        ))}
      </div>
      <p class="foot" role="status">
        {list.length === 0 ? text.none : text.found(list.length)}
        <span>{text.hint}</span>
      </p>
    </dialog>
  )
}

const idOf = (command: Command): string => `command-${encodeURIComponent(command.key)}`

function Line({ command, active, run }: { command: Command; active: boolean; run(): void }) {
  const element = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (active) element.current?.scrollIntoView({ block: 'nearest' })
  }, [active])
  const { kind, slot } = command
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keyboard
    <div
      ref={element}
      id={idOf(command)}
      class="command"
      role="option"
      tabIndex={-1}
      aria-selected={active}
      onClick={run}
    >
      {kind === 'vehicle' ? <VehicleGlyph slot={slot!} size={18} /> : <Icon name={icons[kind]} size={17} />}
      <b>{command.text}</b>
      <span>{command.hint}</span>
      <small>{text.kinds[kind]}</small>
    </div>
  )
}

function open(id: number): void {
  if (path.value !== '/') go('/')
  select(id)
}

function only(branch: string): void {
  if (path.value !== '/') go('/')
  group.value = branch
}

function show(name: 'devices' | 'help'): void {
  dialog.value = name
}

function fixedCommands(): Command[] {
  const actions = text.actions
  const action = (key: string, name: string, keys: string, run: () => unknown): Command => ({
    ...{ kind: 'action', key, text: name, hint: keys },
    run,
  })
  const ofSelected = [
    action('follow', actions.follow, 'F', toggleFollow),
    action('watch', actions.watch, 'W', watchSelected),
    action('history', actions.history, 'T', openHistory),
    action('messages', actions.messages, 'M', toggleMessages),
    action('console', actions.console, 'C', openConsole),
    action('share', actions.share, '', shareSelected),
    action('close', actions.close, 'Esc', () => select(null)),
  ]
  const open = rooms.filter((room) => !room.may || (user.value && room.may(user.value)))
  return [
    ...(selected.value !== null && path.value === '/' ? ofSelected : []),
    ...open.map(
      (room): Command => ({
        ...{ kind: 'room', key: room.path, text: words.rooms[room.word], hint: '' },
        run: () => go(room.path),
      }),
    ),
    action('fit', actions.fit, '0', () => mapKeys.value?.fit()),
    action('clear', actions.clear, '', showAll),
    action('grouped', actions.grouped, 'B', () => setGrouped(!grouped.value)),
    action('density', actions.density, '', () =>
      prefer('density', density.value === 'compact' ? 'comfortable' : 'compact'),
    ),
    ...kinds.map((kind, n) =>
      action(kindKeys[kind], actions.only(words.list.kinds[kindKeys[kind]]), String(n + 1), () => {
        states.value = 1 << kind
      }),
    ),
    ...(isAdmin.value ? [action('add', actions.add, '', () => show('devices'))] : []),
    action('keys', actions.keys, '?', () => show('help')),
    ...(['light', 'dark', 'auto', 'contrast'] as const).map((theme) =>
      action(theme, actions[theme], '', () => prefer('theme', theme)),
    ),
  ]
}
