// The colours of the states, in the order of Status. They differ in lightness too, so that they can be told apart
// with any kind of colour vision; shapes say the same again.
export interface Palette {
  states: string[]
  outline: string
  ring: string
  trail: string
  text: string
  halo: string
}

export const light: Palette = {
  states: ['#2f7fc1', '#b87011', '#343f4e', '#6d747d', '#b6101a', '#6d747d'],
  outline: '#ffffff',
  ring: '#0b63b8',
  trail: '#2f7fc1',
  text: '#1b232d',
  halo: '#fbfaf7',
}

export const dark: Palette = {
  states: ['#65b2fb', '#fc9d27', '#e0e7f0', '#6d7988', '#e5231f', '#6d7988'],
  outline: '#0d1218',
  ring: '#9bd0ff',
  trail: '#65b2fb',
  text: '#e6ecf3',
  halo: '#12181f',
}

export function rgb(hex: string): [number, number, number] {
  const n = Number.parseInt(hex.slice(1), 16)
  return [(n >> 16) / 255, ((n >> 8) & 255) / 255, (n & 255) / 255]
}
