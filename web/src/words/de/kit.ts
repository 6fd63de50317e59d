import type { Words } from '../en'

export const kit: Words['kit'] = {
  undo: 'Rückgängig',
  confirm: 'Bestätigen',
  typeToConfirm: (word) => `Zur Bestätigung ${word} eingeben`,
  more: 'Mehr zeigen',
  rows: (n, text) => (n === 1 ? '1 Zeile' : `${text} Zeilen`),
  sortedUp: 'aufsteigend',
  sortedDown: 'absteigend',
  copied: 'Kopiert',
  copy: 'Kopieren',
  optional: 'freiwillig',
}
