// What the managing rooms work with, as the API writes it, and what is asked of a person about each.
import { isAdmin, user } from '../../state'
import { words } from '../../words'
import * as choices from './choices'

export interface Item {
  id: number
  revision?: number
  [field: string]: unknown
}

export interface Column {
  name: string
  title: string
  text(item: Item): string
  numeric?: boolean
}

export interface Field {
  name: string
  label: string
  hint?: string
  kind: 'text' | 'email' | 'tel' | 'check' | 'choice' | 'choices'
  required?: boolean
  most?: number // characters
  choices?: () => Promise<choices.Choice[]>
  only?: 'new' | 'old' // asked when it is made, or when it is changed
}

export interface Noun {
  key: 'vehicles' | 'devices' | 'groups' | 'drivers' | 'users' | 'organizations'
  path: string
  columns: Column[]
  fields: Field[]
  title(item: Item): string
  searched: boolean // by the server, which then also gives pages
  restores: boolean
  allowed(): boolean // whether the signed-in person sees the room
}

const f = words.manage.fields

const said = (v: unknown): string => (v === null || v === undefined ? '' : String(v))
const column = (name: string, title: string, numeric = false): Column => ({
  name,
  title,
  numeric,
  text: (item) => said(item[name]),
})
const yes = (v: unknown): string => (v ? words.manage.yes : '')
const named = (v: unknown): string => said((v as { name?: string } | null)?.name)
const name: Field = { name: 'name', label: f.name, kind: 'text', required: true, most: 200 }
const phone: Field = { name: 'phone', label: f.phone, hint: f.phoneHint, kind: 'tel', most: 50 }

const vehicles: Noun = {
  key: 'vehicles',
  path: '/api/vehicles',
  searched: true,
  restores: true,
  allowed: () => true,
  title: (v) => said(v.name),
  columns: [
    column('name', f.name),
    column('plate', f.plate),
    column('group', f.group),
    { name: 'driver', title: f.driver, text: (v) => named(v.driver) },
    { name: 'identity', title: f.identity, text: (v) => said((v.device as Item | null)?.identity) },
    column('place', f.place),
  ],
  fields: [
    name,
    { name: 'plate', label: f.plate, kind: 'text', most: 50 },
    { name: 'group_id', label: f.group, kind: 'choice', choices: choices.groups },
    { name: 'driver_id', label: f.driver, kind: 'choice', choices: choices.drivers, only: 'old' },
  ],
}

const devices: Noun = {
  key: 'devices',
  path: '/api/devices',
  searched: true,
  restores: true,
  allowed: () => true,
  title: (d) => said(d.identity),
  columns: [
    column('identity', f.identity),
    column('vehicle_name', f.vehicle),
    column('protocol', f.protocol),
    column('model', f.model),
    column('phone', f.simPhone),
    { name: 'online', title: f.online, text: (d) => yes(d.online) },
    { name: 'disabled', title: f.disabled, text: (d) => yes(d.disabled) },
  ],
  fields: [
    {
      name: 'identity',
      label: f.identity,
      hint: f.identityHint,
      kind: 'text',
      required: true,
      most: 64,
      only: 'new',
    },
    { name: 'name', label: f.vehicle, kind: 'text', most: 200, only: 'new' },
    { name: 'plate', label: f.plate, kind: 'text', most: 50, only: 'new' },
    { name: 'vehicle_id', label: f.vehicle, kind: 'choice', choices: choices.vehicles, only: 'old' },
    {
      name: 'protocol',
      label: f.protocol,
      hint: f.protocolHint,
      kind: 'choice',
      choices: choices.protocols,
      only: 'new',
    },
    { name: 'model', label: f.model, kind: 'text', most: 100, only: 'new' }, // later both are part of its profile
    { ...phone, label: f.simPhone },
    { name: 'disabled', label: f.disabled, hint: f.disabledHint, kind: 'check', only: 'old' },
  ],
}

const groups: Noun = {
  key: 'groups',
  path: '/api/groups',
  searched: false,
  restores: true,
  allowed: () => true,
  title: (g) => said(g.path ?? g.name),
  columns: [column('path', f.name), column('vehicles', f.vehicles, true)],
  fields: [name, { name: 'parent_id', label: f.parent, kind: 'choice', choices: choices.groups }],
}

const drivers: Noun = {
  key: 'drivers',
  path: '/api/drivers',
  searched: true,
  restores: true,
  allowed: () => true,
  title: (d) => said(d.name),
  columns: [
    column('name', f.name),
    column('phone', f.phone),
    column('vehicle', f.vehicle),
    column('licence', f.licence),
    column('key', f.key),
  ],
  fields: [
    name,
    phone,
    { name: 'vehicle_id', label: f.vehicle, kind: 'choice', choices: choices.vehicles },
    { name: 'licence', label: f.licence, kind: 'text', most: 100 },
    { name: 'key', label: f.key, hint: f.keyHint, kind: 'text', most: 100 },
  ],
}

const users: Noun = {
  key: 'users',
  path: '/api/users',
  searched: false,
  restores: true,
  allowed: () => isAdmin.value,
  title: (u) => said(u.name || u.email),
  columns: [
    column('name', f.name),
    column('email', f.email),
    { name: 'role', title: f.role, text: (u) => words.menu.roles[said(u.role)] ?? said(u.role) },
    {
      name: 'groups',
      title: f.groups,
      text: (u) =>
        (u.groups as number[] | null)?.length ? String((u.groups as number[]).length) : words.manage.all,
    },
    { name: 'disabled', title: f.disabled, text: (u) => yes(u.disabled) },
  ],
  fields: [
    { name: 'email', label: f.email, kind: 'email', required: true, most: 200 },
    { name: 'name', label: f.name, kind: 'text', most: 200 },
    { name: 'role', label: f.role, kind: 'choice', required: true, choices: choices.roles },
    { name: 'groups', label: f.groups, hint: f.groupsHint, kind: 'choices', choices: choices.groups },
    { name: 'disabled', label: f.disabled, kind: 'check', only: 'old' },
  ],
}

const organizations: Noun = {
  key: 'organizations',
  path: '/api/organizations',
  searched: false,
  restores: false,
  allowed: () => isAdmin.value && user.value?.operator !== false,
  title: (o) => said(o.name),
  columns: [
    column('name', f.name),
    column('users', f.users, true),
    column('vehicles', f.vehicles, true),
    column('devices', f.devices, true),
  ],
  fields: [
    name,
    { name: 'admin_email', label: f.adminEmail, kind: 'email', required: true, most: 200, only: 'new' },
  ],
}

export const nouns: Noun[] = [vehicles, devices, groups, drivers, users, organizations]
