// The demo island's colours: by day, by night, and both in high contrast.
export interface IslandPaint {
  shallows: string
  water: string
  land: string
  coast: string
  beach: string
  field: string
  town: string
  park: string
  wood: string
  industry: string
  pier: string
  runway: string
  building: string
  buildingEdge: string
  street: string
  streetEdge: string
  avenue: string
  avenueEdge: string
  main: string
  mainEdge: string
  trunk: string
  trunkEdge: string
  motorway: string
  motorwayEdge: string
  shield: string
  shieldText: string
  streetText: string
  townText: string
  parkText: string
  waterText: string
  workText: string
  poiText: string
  halo: string
}

const day: IslandPaint = {
  shallows: '#dfebf4',
  water: '#c8d9e8',
  land: '#f3f3ea',
  coast: '#aec8da',
  beach: '#f5e9c8',
  field: '#eeefdf',
  town: '#edebe6',
  park: '#d3e6c9',
  wood: '#dce9d0',
  industry: '#e6e2e3',
  pier: '#e3dfdf',
  runway: '#d4d3d8',
  building: '#e0dcd5',
  buildingEdge: '#d3cec6',
  street: '#ffffff',
  streetEdge: '#cfcac0',
  avenue: '#ffffff',
  avenueEdge: '#bdb7ab',
  main: '#fdf2cf',
  mainEdge: '#dcc894',
  trunk: '#fbe1a4',
  trunkEdge: '#d7b566',
  motorway: '#f5cb84',
  motorwayEdge: '#cf9d4a',
  shield: '#3c6ea8',
  shieldText: '#ffffff',
  streetText: '#575f69',
  townText: '#2c3642',
  parkText: '#487346',
  waterText: '#4a7796',
  workText: '#76707a',
  poiText: '#655d74',
  halo: '#fbfaf6',
}

const night: IslandPaint = {
  shallows: '#0f1922',
  water: '#0d1a26',
  land: '#1a2128',
  coast: '#24384a',
  beach: '#2b2a26',
  field: '#1c2429',
  town: '#1f262e',
  park: '#1c2e28',
  wood: '#1a2926',
  industry: '#252832',
  pier: '#262b34',
  runway: '#323845',
  building: '#272f39',
  buildingEdge: '#303945',
  street: '#343e4a',
  streetEdge: '#171d24',
  avenue: '#424d5b',
  avenueEdge: '#151b22',
  main: '#515a63',
  mainEdge: '#14191f',
  trunk: '#6b6148',
  trunkEdge: '#14171a',
  motorway: '#86703f',
  motorwayEdge: '#15171a',
  shield: '#31567f',
  shieldText: '#e4edf7',
  streetText: '#9aa6b4',
  townText: '#dbe3ec',
  parkText: '#7fa588',
  waterText: '#6f97b7',
  workText: '#8b8d9b',
  poiText: '#a79fbb',
  halo: '#151b21',
}

const clear: Record<'day' | 'night', Partial<IslandPaint>> = {
  day: {
    water: '#a9cbe6',
    land: '#ffffff',
    coast: '#4d7590',
    town: '#f4f4f4',
    park: '#bfe0b2',
    building: '#d9d9d9',
    buildingEdge: '#9a9a9a',
    streetEdge: '#8c8c8c',
    avenueEdge: '#6a6a6a',
    main: '#ffe89a',
    mainEdge: '#7d6a26',
    trunk: '#ffd166',
    trunkEdge: '#6e5312',
    motorway: '#ffb13d',
    motorwayEdge: '#5e3f05',
    shield: '#123f77',
    streetText: '#1e242b',
    townText: '#000000',
    parkText: '#154a18',
    waterText: '#0d3f63',
    workText: '#2e2a33',
    poiText: '#332a47',
    halo: '#ffffff',
  },
  night: {
    water: '#001220',
    shallows: '#001827',
    land: '#0b0f13',
    coast: '#5b86a8',
    town: '#12171d',
    park: '#0f2d1e',
    building: '#1d242c',
    buildingEdge: '#56616d',
    street: '#76828f',
    streetEdge: '#000000',
    avenue: '#98a4b1',
    avenueEdge: '#000000',
    main: '#c2b98d',
    mainEdge: '#000000',
    trunk: '#dab660',
    trunkEdge: '#000000',
    motorway: '#f0bb4f',
    motorwayEdge: '#000000',
    shield: '#0d3d75',
    shieldText: '#ffffff',
    streetText: '#e6ecf3',
    townText: '#ffffff',
    parkText: '#b7e8bf',
    waterText: '#b3dcff',
    workText: '#d9dbe6',
    poiText: '#dfd5f7',
    halo: '#000000',
  },
}

export function islandPaint(isNight: boolean, contrast: boolean): IslandPaint {
  const usual = isNight ? night : day
  return contrast ? { ...usual, ...clear[isNight ? 'night' : 'day'] } : usual
}
