// How families of trackers are told where to call, by text messages of at most 160 characters whose spaces count.
// Firmware differs, so the page says beside them to compare with the manual.

export interface Settings {
  host: string // name or IPv4 address of the server
  port: number
  apn: string // of the SIM's network, '' if it needs none
}

export interface Family {
  key: string
  protocol: string // by its name on the server
  name: string
  models: string // what people find on the case
  note: 'spaces' | 'commands' | 'password' | null // see words.guide.notes
  texts(settings: Settings): string[]
}

const isAddress = (host: string): boolean => /^\d{1,3}(\.\d{1,3}){3}$/.test(host)

export const families: Family[] = [
  {
    key: 'teltonika',
    protocol: 'teltonika',
    name: 'Teltonika',
    models: 'FMB, FMC, FMM, FMP, FMT, TMT, TAT',
    note: 'spaces',
    // 2001 APN, 2004 and 2005 server and port, 2006 0 is TCP. No login and no password: two spaces before the word.
    texts: ({ host, port, apn }) => [
      `  setparam ${apn && `2001:${apn};`}2004:${host};2005:${port};2006:0`,
      '  getstatus',
    ],
  },
  {
    key: 'concox',
    protocol: 'gt06',
    name: 'Concox, Jimi (GT06)',
    models: 'GT06N, GT06E, GV20, JM-VL01, VL103, X3, WeTrack',
    note: 'commands',
    texts: ({ host, port, apn }) => [
      ...(apn ? [`APN,${apn}#`] : []),
      `SERVER,${isAddress(host) ? 0 : 1},${host},${port},0#`,
      'GMT,E,0,0#',
    ],
  },
  {
    key: 'sinotrack',
    protocol: 'h02',
    name: 'SinoTrack (H02)',
    models: 'ST-901, ST-902, ST-903, ST-906, ST-915',
    note: 'password',
    texts: ({ host, port, apn }) => [...(apn ? [`8030000 ${apn}`] : []), `8040000 ${host} ${port}`],
  },
]

// familiesOn gives the families that a server's ports can hear, and for each other protocol one without texts.
export function familiesOn(ports: { name: string; port: number }[]): { family: Family; port: number }[] {
  return ports.flatMap(({ name, port }) => {
    const known = families.filter((family) => family.protocol === name)
    const other: Family = { key: name, protocol: name, name, models: '', note: null, texts: () => [] }
    return (known.length > 0 ? known : [other]).map((family) => ({ family, port }))
  })
}

// usualPorts are those of a server that does not say its own.
export const usualPorts = [
  { name: 'teltonika', port: 5027 },
  { name: 'gt06', port: 5023 },
  { name: 'h02', port: 5013 },
]

// unreachable tells whether a tracker in a mobile network could not reach a host: it is this machine's or a private
// network's.
export function unreachable(host: string): boolean {
  if (host === 'localhost' || host.endsWith('.local') || host.includes(':')) return true
  return /^(127\.|10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.)/.test(host)
}

export const isHost = (host: string): boolean => /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(host)

// isImei checks the 15 digits of an IMEI with their check digit (Luhn).
export function isImei(text: string): boolean {
  if (!/^\d{15}$/.test(text)) return false
  let sum = 0
  for (let i = 0; i < 15; i++) {
    const digit = Number(text[i]) * (i % 2 === 1 ? 2 : 1)
    sum += digit > 9 ? digit - 9 : digit
  }
  return sum % 10 === 0
}
