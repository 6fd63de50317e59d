// The colours of the states, in the order of Status. They differ in lightness too, so that they can be told apart
// with any kind of colour vision; shapes say the same again.
export interface Palette {
  states: string[]
  outline: string
  ring: string
  trail: string // of the selected vehicle
  watched: string[] // trails and rings of the watched ones
  text: string
  halo: string
}

export const light: Palette = {
  states: ['#2f7fc1', '#b87011', '#343f4e', '#6d747d', '#b6101a', '#6d747d'],
  outline: '#ffffff',
  ring: '#0b63b8',
  trail: '#2f7fc1',
  watched: ['#7b3ff2', '#007f73', '#c9187e', '#4c7a00', '#8a4b1f', '#00759e'],
  text: '#1b232d',
  halo: '#fbfaf7',
}

export const dark: Palette = {
  states: ['#65b2fb', '#fc9d27', '#e0e7f0', '#6d7988', '#e5231f', '#6d7988'],
  outline: '#0d1218',
  ring: '#9bd0ff',
  trail: '#65b2fb',
  watched: ['#b795ff', '#3fd6c4', '#ff7fc0', '#b4dc4a', '#f4dc5c', '#ffae8f'],
  text: '#e6ecf3',
  halo: '#12181f',
}

const lightContrast: Palette = {
  states: ['#0050a0', '#8a4b00', '#000000', '#4a4f56', '#a00010', '#4a4f56'],
  outline: '#ffffff',
  ring: '#000000',
  trail: '#0050a0',
  watched: ['#5b17d6', '#005c53', '#a00062', '#345400', '#6b3410', '#005577'],
  text: '#000000',
  halo: '#ffffff',
}

const darkContrast: Palette = {
  states: ['#8cc8ff', '#ffb347', '#ffffff', '#a8b2bf', '#ff5a52', '#a8b2bf'],
  outline: '#000000',
  ring: '#ffffff',
  trail: '#8cc8ff',
  watched: ['#cdb6ff', '#62f0de', '#ffa3d4', '#ccf06a', '#ffe97a', '#ffc6b0'],
  text: '#ffffff',
  halo: '#000000',
}

export function paletteOf(isDark: boolean, contrast: boolean): Palette {
  if (contrast) return isDark ? darkContrast : lightContrast
  return isDark ? dark : light
}

export function rgb(hex: string): [number, number, number] {
  const n = Number.parseInt(hex.slice(1), 16)
  return [(n >> 16) / 255, ((n >> 8) & 255) / 255, (n & 255) / 255]
}
