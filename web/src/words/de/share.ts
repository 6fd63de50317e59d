import type { Words } from '../en'

export const share: Words['share'] = {
  title: 'Geteiltes Fahrzeug',
  states: { moving: 'Fährt', idle: 'Leerlauf', stopped: 'Steht', unknown: 'Meldet sich nicht' },
  seen: (age) => `vor ${age} gesehen`,
  nowhere: 'Es hat noch nicht gesagt, wo es ist.',
  until: (time) => `Dieser Link gilt bis ${time}.`,
  ended: 'Dieser Link ist abgelaufen',
  endedLead: 'Bitten Sie den Absender um einen neuen.',
}
