// newKey makes a request one that may be sent again; crypto.randomUUID is there only where the page is encrypted.
export const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(36)).join('-')
