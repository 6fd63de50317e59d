// The words of the live desk.
import type { StatusKey } from '../../fleet/status'

export const desk = {
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
    kept: (time: string) => `No connection. You see the fleet as of ${time}.`,
  },

  search: {
    label: 'Search vehicles',
    placeholder: 'Name, plate, driver, IMEI, phone…',
    clear: 'Clear search',
  },

  sheet: { expand: 'Show more of the list', collapse: 'Show less of the list' },
}
