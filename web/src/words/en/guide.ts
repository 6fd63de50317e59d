// The words that lead to the first device, and of unknown devices.
import type { Step } from '../../guide/progress'

export const devices = {
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
}

export const knocks = {
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
}

export const guide = {
  strip: 'Simulated fleet: these vehicles are made up.',
  start: 'Add your first device',
  hide: 'Hide this line',
  which: 'Which tracker is it?',
  model: 'Family',
  other: 'Set its server and port as its manual says.',
  who: 'Who is it?',
  oddImei: 'The last digit does not fit the others: please compare it with the label.',
  knocks: 'This device has called already and was turned away. Add it, and it is welcome at its next call.',
  where: 'Tell it where to call',
  address: 'This server’s address',
  addressHint: 'as trackers reach it from the mobile network',
  badAddress: 'Only a name or an IPv4 address: letters, digits, dots and hyphens.',
  unreachable: 'A tracker cannot reach this from the mobile network: put the public name or address.',
  tcp: 'TCP',
  usualPort: 'the usual one; ask whoever runs the server',
  apn: 'APN',
  apnHint: 'of the SIM’s operator',
  send: 'Send these text messages to the number of the SIM in the tracker, one after the other. Firmware differs, so compare them with its manual first:',
  noTexts: 'Set this address and port with the tracker’s own app or as its manual says.',
  notes: {
    spaces:
      'The two spaces at the start belong to it. If the tracker has an SMS login and password, they come there.',
    commands:
      'The tracker usually answers each with OK. If it asks for a password, its manual says where it goes.',
    password: '0000 is the password at delivery.',
  },
  wait: 'Wait for its first place',
  waitFirst: 'When it is added above, this shows how far it has come.',
  steps: {
    added: (name: string) => `The server knows ${name}`,
    called: (name: string) => `${name} has called`,
    located: () => 'Its first place has come',
  } satisfies Record<Step, (name: string) => string>,
  patience: {
    added: 'Waiting for its call. A tracker may need a few minutes after its settings have changed.',
    called: 'It is there. Waiting for satellites: outside, under open sky, this takes a minute or two.',
    located: '',
  } satisfies Record<Step, string>,
  here: (name: string) => `${name} is on the map.`,
  show: 'Show it',
  another: 'Add another',
}
