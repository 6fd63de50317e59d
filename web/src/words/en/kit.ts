// The words of the small components that all rooms share.
export const kit = {
  undo: 'Undo',
  confirm: 'Confirm',
  typeToConfirm: (word: string) => `Type ${word} to confirm`,
  more: 'Show more',
  rows: (n: number, text: string) => (n === 1 ? '1 row' : `${text} rows`),
  sortedUp: 'ascending',
  sortedDown: 'descending',
  copied: 'Copied',
  copy: 'Copy',
  optional: 'optional',
}
