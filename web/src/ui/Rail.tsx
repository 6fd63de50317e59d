import { deskAddress } from '../deskroute'
import { type Room, roomAt, rooms } from '../rooms/rooms'
import { path } from '../route'
import { user } from '../state'
import { words } from '../words'
import { Icon } from './Icon'

// Rail leads to the rooms: at the left, on a phone at the bottom.
export function Rail() {
  const open = rooms.filter((room) => !room.may || room.may(user.value!))
  return (
    <nav class="rail" aria-label={words.rooms.label}>
      {open
        .filter((room) => !room.foot)
        .map((room) => (
          <RailLink key={room.path} room={room} />
        ))}
      <span class="gap" />
      {open
        .filter((room) => room.foot)
        .map((room) => (
          <RailLink key={room.path} room={room} />
        ))}
    </nav>
  )
}

function RailLink({ room }: { room: Room }) {
  const current = roomAt(path.value)?.room === room
  const text = words.rooms[room.word]
  const waiting = room.badge?.value ?? 0
  return (
    <a
      href={room.path === '/' ? deskAddress() : room.path}
      class={room.foot ? 'foot' : room.rare ? 'rare' : ''}
      aria-current={current ? 'page' : undefined}
      title={text}
    >
      <Icon name={room.icon} size={20} />
      <span>{text}</span>
      {waiting > 0 && (
        <b class="badge">
          {waiting > 99 ? '99+' : waiting}
          <span> {words.worries(waiting)}</span>
        </b>
      )}
    </a>
  )
}
