export const share = {
  title: 'Shared vehicle',
  states: { moving: 'Moving', idle: 'Idle', stopped: 'Stopped', unknown: 'Silent' },
  seen: (age: string) => `seen ${age} ago`,
  nowhere: 'It has not told where it is yet.',
  until: (time: string) => `This link works until ${time}.`,
  ended: 'This link has ended',
  endedLead: 'Ask whoever sent it for a new one.',
}
