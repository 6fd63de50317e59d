import type { Words } from '../en'

export const kit: Words['kit'] = {
  undo: 'Annuler',
  confirm: 'Confirmer',
  typeToConfirm: (word) => `Saisissez ${word} pour confirmer`,
  more: 'Afficher plus',
  rows: (n, text) => (n === 1 ? '1 ligne' : `${text} lignes`),
  sortedUp: 'croissant',
  sortedDown: 'décroissant',
  copied: 'Copié',
  copy: 'Copier',
  optional: 'facultatif',
}
