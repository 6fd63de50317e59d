// Every word that people read, in one place.

import type { StatusKey } from './fleet/status'
import type { Sort } from './fleet/view'

export const words = {
  title: 'Drover',
  loading: 'Loading…',
  close: 'Close',
  cancel: 'Cancel',
  retry: 'Try again',

  signIn: {
    heading: 'Sign in',
    lead: 'See where your fleet is.',
    email: 'E-mail',
    password: 'Password',
    submit: 'Sign in',
    busy: 'Signing in…',
    wrong: 'The e-mail or the password is wrong.',
    tooMany: (wait: string) => `Too many tries. Try again ${wait}.`,
    ended: 'Your session has ended. Please sign in again.',
  },

  errors: {
    unreachable: 'The server cannot be reached. Check the connection and try again.',
    forbidden: 'Your role does not allow this.',
    gone: 'This is no longer there.',
    server: (status: number) => `The server had a problem (${status}). It has been logged there.`,
    map: 'The map needs WebGL 2, which this browser does not offer. The list works without it.',
    mapCode: 'The map could not be loaded. The list works without it.',
  },

  status: {
    moving: 'Moving',
    idle: 'Idle',
    stopped: 'Stopped',
    offline: 'Offline',
    alarm: 'Alarm',
    nowhere: 'No location',
  } satisfies Record<StatusKey, string>,
  statusHelp: {
    moving: 'moves faster than 3 km/h',
    idle: 'stands with the ignition on',
    stopped: 'stands with the ignition off',
    offline: 'has not reported for 30 minutes',
    alarm: 'raised an alarm in its last report',
    nowhere: 'has not told where it is yet',
  } satisfies Record<StatusKey, string>,

  live: {
    connecting: 'Connecting…',
    live: 'Live',
    lost: 'No live line',
    lostBanner: 'The live line is lost. Reconnecting…',
    old: (age: string) => `What you see is ${age} old.`,
    reconnect: 'Reconnect now',
    back: 'The live line is back.',
  },

  search: { label: 'Search vehicles', placeholder: 'Vehicle, plate, group…', clear: 'Clear search' },

  list: {
    heading: 'Vehicles',
    of: (shown: string, all: string) => `${shown} of ${all}`,
    sort: 'Sort by',
    sorts: { state: 'State', name: 'Name', speed: 'Speed', age: 'Last report' } satisfies Record<
      Sort,
      string
    >,
    filters: 'Show only these states',
    none: 'No vehicle matches.',
    showAll: 'Show all vehicles',
    waiting: 'Waiting for the first vehicles…',
    approximate: 'last known place',
  },

  map: {
    label: 'Map of the fleet',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    fit: 'Show the whole fleet',
    legend: 'Legend',
    attribution: 'Natural Earth · GeoNames',
    here: (n: number) => `${n} vehicles here`,
  },

  detail: {
    label: 'Selected vehicle',
    follow: 'Follow',
    following: 'Following',
    ago: (age: string) => `last report ${age} ago`,
    place: 'Place',
    labels: {
      speed_kmh: 'Speed',
      course_deg: 'Heading',
      ignition: 'Ignition',
      external_v: 'Power',
      battery: 'Battery',
      signal_percent: 'Signal',
      satellites: 'Satellites',
      odometer_m: 'Odometer',
      altitude_m: 'Altitude',
    },
    noFix: 'No report yet',
    disabled: 'disabled',
    more: 'More values',
    speed30: 'Speed, last 30 min',
    upTo: (speed: string) => `up to ${speed} km/h`,
    noTrail: 'No speeds in the last 30 minutes.',
    for: (what: string, time: string) => `${what} for ${time}`,
    failed: 'The details could not be loaded.',
    yes: 'Yes',
    no: 'No',
    on: 'On',
    off: 'Off',
    unknown: '–',
  },

  devices: {
    title: 'Add a device',
    button: 'Add device',
    emptyTitle: 'No vehicle yet',
    emptyLead: 'Point a tracker at this server, and tell the server who it is.',
    emptyOther: 'An administrator has to add the first device. It then appears here by itself.',
    point: 'Set the tracker to this server’s address and the port of its protocol:',
    port: 'Port',
    protocol: 'Protocol',
    portsFailed: 'The ports could not be read from the server.',
    tell: 'Add it here by its IMEI:',
    imei: 'IMEI or identity',
    imeiHint: '15 digits, on the tracker’s label',
    name: 'Name',
    nameHint: 'as people call the vehicle',
    plate: 'Plate',
    optional: 'optional',
    submit: 'Add',
    added: (name: string) => `${name} is added. It appears as soon as it reports.`,
    badImei: 'Type the IMEI: digits only, without spaces.',
  },

  knocks: {
    title: 'Unknown devices',
    lead: 'These called and were turned away. Adopt those that are yours.',
    none: 'Nobody unknown has called.',
    reasons: {
      unknown: 'unknown',
      disabled: 'its device is disabled',
      wrong_protocol: 'speaks another protocol than this port’s',
      unreadable: 'could not be understood',
    } as Record<string, string>,
    nameless: 'Without an identity',
    adopt: 'Adopt',
    adopted: (name: string) => `${name} is adopted. It is welcome when it calls next.`,
    seen: (count: string, age: string) => `${count} · last ${age} ago`,
    calls: (n: number, text: string) => (n === 1 ? '1 call' : `${text} calls`),
    waiting: (n: number) => (n === 1 ? '1 unknown device calls' : `${n} unknown devices call`),
  },

  menu: {
    label: 'Account and settings',
    theme: 'Appearance',
    auto: 'Auto',
    light: 'Light',
    dark: 'Dark',
    help: 'Keyboard',
    signOut: 'Sign out',
    roles: { admin: 'Administrator', dispatcher: 'Dispatcher', viewer: 'Viewer' } as Record<string, string>,
  },

  help: {
    title: 'Keyboard',
    single: 'Use single keys',
    keys: [
      ['Ctrl K  or  /', 'Search'],
      ['J  K  or  ↓  ↑', 'Next and previous vehicle'],
      ['Enter', 'Select'],
      ['F', 'Follow the selected vehicle'],
      ['0', 'Show the whole fleet'],
      ['+  −', 'Zoom'],
      ['1 … 5', 'Show only a state'],
      ['Esc', 'Close, go back'],
      ['?', 'This help'],
    ] as [string, string][],
  },

  sheet: { expand: 'Show more of the list', collapse: 'Show less of the list' },
}
