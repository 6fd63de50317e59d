// The base map's colours, by day and by night.
export interface Paints {
  water: string
  land: string
  green: string
  built: string
  river: string
  street: string
  road: string
  motorway: string
  roadEdge: string
  building: string
  country: string
  state: string
  countryText: string
  placeText: string
  minorText: string
  halo: string
}

const day: Paints = {
  water: '#cfdbe7',
  land: '#f4f3ef',
  green: '#e3ebd9',
  built: '#ebe9e4',
  river: '#b9cde0',
  street: '#ffffff',
  road: '#fbeecb',
  motorway: '#f3d58e',
  roadEdge: '#d9d5cb',
  building: '#e2dfd8',
  country: '#9a94a6',
  state: '#d6d2d8',
  countryText: '#6c6778',
  placeText: '#4c525e',
  minorText: '#6f757f',
  halo: '#f8f7f3',
}

const night: Paints = {
  water: '#0c1117',
  land: '#1b222b',
  green: '#1b2a27',
  built: '#20272f',
  river: '#16283b',
  street: '#2a333e',
  road: '#37404b',
  motorway: '#4c4a3d',
  roadEdge: '#141a21',
  building: '#252d37',
  country: '#55606f',
  state: '#2b343f',
  countryText: '#8b95a3',
  placeText: '#98a3b0',
  minorText: '#7b8694',
  halo: '#161c24',
}

const clear = {
  day: {
    land: '#ffffff',
    water: '#c3d6ea',
    country: '#5b5666',
    placeText: '#1b232d',
    countryText: '#3b3745',
    minorText: '#3f4650',
    halo: '#ffffff',
  },
  night: {
    land: '#10151b',
    water: '#000000',
    country: '#8d99a8',
    placeText: '#dfe6ee',
    countryText: '#c3ccd6',
    minorText: '#b4bfcb',
    halo: '#000000',
  },
}

export function paints(isNight: boolean, contrast: boolean): Paints {
  const usual = isNight ? night : day
  return contrast ? { ...usual, ...(isNight ? clear.night : clear.day) } : usual
}
