import type { Words } from '../en'

export const share: Words['share'] = {
  title: 'Véhicule partagé',
  states: { moving: 'Roule', idle: 'Au ralenti', stopped: 'À l’arrêt', unknown: 'Silencieux' },
  seen: (age) => `vu il y a ${age}`,
  nowhere: 'Il n’a pas encore dit où il est.',
  until: (time) => `Ce lien est valable jusqu’au ${time}.`,
  ended: 'Ce lien a expiré',
  endedLead: 'Demandez-en un nouveau à son expéditeur.',
}
