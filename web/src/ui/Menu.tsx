import { choose } from '../account'
import { signOut } from '../desk'
import { rooms } from '../rooms/rooms'
import { dialog, user } from '../state'
import { type Theme, theme, themes } from '../theme'
import { words } from '../words'
import { Icon, type IconName } from './Icon'
import { phone } from './width'

const themeIcons: Record<Theme, IconName> = {
  auto: 'monitor',
  light: 'sun',
  dark: 'moon',
  contrast: 'contrast',
}

export function Menu() {
  const who = user.value
  if (!who) return null
  return (
    <>
      <button type="button" class="quiet square" popovertarget="menu" aria-label={words.menu.label}>
        <Icon name="user" size={20} />
      </button>
      <div id="menu" class="menu" popover="auto">
        <p class="who">
          <b>{who.name || who.email}</b>
          <span>{who.name ? who.email : ''}</span>
          <span>
            {words.menu.roles[who.role] ?? who.role} · {who.organization.name}
          </span>
        </p>
        <fieldset class="themes">
          <legend>{words.menu.theme}</legend>
          {themes.map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={theme.value === name}
              onClick={() => choose('theme', name).catch(() => undefined)}
            >
              <Icon name={themeIcons[name]} size={16} />
              {words.menu[name]}
            </button>
          ))}
        </fieldset>
        {phone.value && <Rare />}
        <a class="item" href="/settings" onClick={hide}>
          <Icon name="settings" size={17} />
          {words.menu.settings}
        </a>
        <a class="item" href="/protocols" onClick={hide}>
          <Icon name="radio" size={17} />
          {words.rooms.protocols}
        </a>
        <a class="item" href="/docs" onClick={hide}>
          <Icon name="book" size={17} />
          {words.menu.docs}
        </a>
        <button type="button" class="item" onClick={() => open('help')}>
          <Icon name="keyboard" size={17} />
          {words.menu.help}
          <kbd>?</kbd>
        </button>
        <button type="button" class="item" onClick={signOut}>
          <Icon name="logOut" size={17} />
          {words.menu.signOut}
        </button>
      </div>
    </>
  )
}

// Rare are the rooms for which a phone's rail has no place.
function Rare() {
  return (
    <>
      {rooms
        .filter((room) => room.rare && (!room.may || room.may(user.value!)))
        .map((room) => (
          <a key={room.path} class="item" href={room.path} onClick={hide}>
            <Icon name={room.icon} size={17} />
            {words.rooms[room.word]}
          </a>
        ))}
    </>
  )
}

function hide() {
  document.querySelector<HTMLElement>('#menu')?.hidePopover()
}

function open(name: 'help') {
  hide()
  dialog.value = name
}
