import type { Words } from '../en'

export const desk: Pick<Words, keyof typeof import('../en/desk').desk> = {
  status: {
    moving: 'Fährt',
    idle: 'Leerlauf',
    stopped: 'Steht',
    offline: 'Offline',
    alarm: 'Alarm',
    nowhere: 'Kein Standort',
  },
  statusHelp: {
    moving: 'fährt schneller als 3 km/h',
    idle: 'steht mit eingeschalteter Zündung',
    stopped: 'steht mit ausgeschalteter Zündung',
    offline: 'hat sich seit 30 Minuten nicht gemeldet',
    alarm: 'hat in der letzten Meldung Alarm gegeben',
    nowhere: 'hat noch nicht gesagt, wo es ist',
  },

  live: {
    connecting: 'Verbindet …',
    live: 'Live',
    lost: 'Keine Live-Verbindung',
    lostBanner: 'Die Live-Verbindung ist unterbrochen. Sie wird wieder aufgebaut …',
    old: (age) => `Was Sie sehen, ist ${age} alt.`,
    reconnect: 'Jetzt verbinden',
    back: 'Die Live-Verbindung ist wieder da.',
    kept: (time) => `Keine Verbindung. Sie sehen die Flotte mit Stand ${time}.`,
  },

  search: {
    label: 'Fahrzeuge suchen',
    placeholder: 'Name, Kennzeichen, Fahrer, IMEI …',
    clear: 'Suche leeren',
  },

  sheet: { expand: 'Mehr von der Liste zeigen', collapse: 'Weniger von der Liste zeigen' },
}
