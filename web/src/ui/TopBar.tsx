import { line } from '../desk'
import { deskAddress } from '../deskroute'
import { focusSearch } from '../keyboard'
import { go, path } from '../route'
import { dialog, isAdmin, search } from '../state'
import { words } from '../words'
import { Counters } from './Counters'
import { Icon } from './Icon'
import { knocks } from './knocks'
import { Mark } from './Mark'
import { Menu } from './Menu'

export function TopBar() {
  return (
    <header class="top">
      <p class="brand">
        <a href="/" title={words.rooms.home}>
          <Mark />
          <span>{words.title}</span>
        </a>
      </p>
      <Search />
      <Counters />
      <LiveState />
      {isAdmin.value && <Knocking />}
      <Menu />
    </header>
  )
}

function Search() {
  return (
    <search class="search">
      <Icon name="search" size={17} />
      <input
        id="search"
        type="text"
        autocomplete="off"
        spellcheck={false}
        aria-label={words.search.label}
        placeholder={words.search.placeholder}
        value={search.value}
        onInput={(event) => {
          search.value = event.currentTarget.value
          if (path.value !== '/') go(deskAddress())
        }}
      />
      {search.value ? (
        <button
          type="button"
          class="quiet square"
          aria-label={words.search.clear}
          onClick={() => {
            search.value = ''
            focusSearch()
          }}
        >
          <Icon name="x" size={15} />
        </button>
      ) : (
        <kbd>/</kbd>
      )}
    </search>
  )
}

function LiveState() {
  const state = line.value?.state.value ?? 'connecting'
  return (
    <p class="live-state" data-state={state} role="status">
      <span class="dot" aria-hidden="true" />
      <span class="text">{words.live[state]}</span>
    </p>
  )
}

function Knocking() {
  const calling = knocks.value.length
  const label = calling > 0 ? words.knocks.waiting(calling) : words.devices.button
  return (
    <button
      type="button"
      class="quiet square knocking"
      aria-label={label}
      title={label}
      onClick={() => {
        dialog.value = 'devices'
      }}
    >
      <Icon name={calling > 0 ? 'radio' : 'plus'} />
      {calling > 0 && <span class="badge">{calling > 99 ? '99+' : calling}</span>}
    </button>
  )
}
