// The page's rooms: what the rail lists and the address opens. Each is loaded when it is first entered.
import type { ReadonlySignal } from '@preact/signals'
import type { ComponentType } from 'preact'
import type { User } from '../api'
import type { IconName } from '../ui/Icon'
import type { words } from '../words'
import { modemWorries, worries } from '../worries'

export interface RoomProps {
  rest: string // of the path, behind the room's own: "devices" in /manage/devices
}

export interface Room {
  path: string
  word: keyof typeof words.rooms
  icon: IconName
  foot?: true // at the rail's foot; on a phone in the account's menu
  rare?: true // on a phone in the account's menu
  badge?: ReadonlySignal<number> // how much in it needs somebody
  may?: (user: User) => boolean // who may enter; everybody if absent
  load: () => Promise<{ default: ComponentType<RoomProps> }>
}

const admins = (user: User): boolean => user.role === 'admin'
export const operators = (user: User): boolean => admins(user) && user.operator !== false
const smsReaders = (user: User): boolean => user.role !== 'viewer' && user.operator !== false

export const rooms: Room[] = [
  { path: '/', word: 'desk', icon: 'map', load: () => import('../ui/Desk') },
  { path: '/history', word: 'history', icon: 'route', load: () => import('./history') },
  { path: '/manage', word: 'manage', icon: 'truck', load: () => import('./manage') },
  { path: '/console', word: 'console', icon: 'terminal', load: () => import('./console') },
  {
    path: '/modems',
    word: 'modems',
    icon: 'antenna',
    badge: modemWorries,
    may: smsReaders,
    load: () => import('./modems'),
  },
  { path: '/sims', word: 'sims', icon: 'simCard', badge: worries, load: () => import('./sims') },
  { path: '/audit', word: 'audit', icon: 'scroll', rare: true, may: admins, load: () => import('./audit') },
  {
    path: '/server',
    word: 'server',
    icon: 'server',
    rare: true,
    may: operators,
    load: () => import('./server'),
  },
  {
    path: '/debugger',
    word: 'debugger',
    icon: 'bug',
    rare: true,
    may: admins,
    load: () => import('./debugger'),
  },
  { path: '/protocols', word: 'protocols', icon: 'radio', foot: true, load: () => import('./protocols') },
  { path: '/docs', word: 'docs', icon: 'book', foot: true, load: () => import('./docs') },
  { path: '/settings', word: 'settings', icon: 'settings', foot: true, load: () => import('./settings') },
]

// roomAt finds the room of a path and what of the path is left for it.
export function roomAt(path: string): { room: Room; rest: string } | null {
  if (path === '/') return { room: rooms[0]!, rest: '' }
  const room = rooms.find((r) => r.path !== '/' && (path === r.path || path.startsWith(`${r.path}/`)))
  return room ? { room, rest: path.slice(room.path.length + 1) } : null
}
