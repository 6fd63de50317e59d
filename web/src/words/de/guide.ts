import type { Words } from '../en'

export const devices: Words['devices'] = {
  title: 'Gerät hinzufügen',
  button: 'Gerät hinzufügen',
  emptyTitle: 'Noch kein Fahrzeug',
  emptyLead: 'Richten Sie einen Tracker auf diesen Server und sagen Sie dem Server, wer er ist.',
  emptyOther: 'Ein Administrator muss das erste Gerät hinzufügen. Es erscheint dann hier von selbst.',
  point: 'Stellen Sie den Tracker auf die Adresse dieses Servers und den Port seines Protokolls:',
  port: 'Port',
  protocol: 'Protokoll',
  portsFailed: 'Die Ports konnten nicht vom Server gelesen werden.',
  tell: 'Fügen Sie ihn hier mit seiner IMEI hinzu:',
  imei: 'IMEI oder Kennung',
  imeiHint: '15 Ziffern, auf dem Etikett des Trackers',
  name: 'Name',
  nameHint: 'wie das Fahrzeug genannt wird',
  plate: 'Kennzeichen',
  optional: 'freiwillig',
  submit: 'Hinzufügen',
  added: (name) => `${name} ist hinzugefügt. Es erscheint, sobald es sich meldet.`,
  badImei: 'Geben Sie die IMEI ein: nur Ziffern, ohne Leerzeichen.',
}

export const knocks: Words['knocks'] = {
  title: 'Unbekannte Geräte',
  lead: 'Diese haben sich gemeldet und wurden abgewiesen. Übernehmen Sie die, die Ihnen gehören.',
  none: 'Kein unbekanntes Gerät hat sich gemeldet.',
  reasons: {
    unknown: 'unbekannt',
    disabled: 'sein Gerät ist gesperrt',
    wrong_protocol: 'spricht ein anderes Protokoll als das dieses Ports',
    unreadable: 'war nicht zu verstehen',
  },
  nameless: 'Ohne Kennung',
  adopt: 'Übernehmen',
  adopted: (name) => `${name} ist übernommen. Beim nächsten Ruf ist es willkommen.`,
  seen: (count, age) => `${count} · zuletzt vor ${age}`,
  calls: (n, text) => (n === 1 ? '1 Ruf' : `${text} Rufe`),
  waiting: (n) => (n === 1 ? '1 unbekanntes Gerät meldet sich' : `${n} unbekannte Geräte melden sich`),
}

export const guide: Words['guide'] = {
  strip: 'Simulierte Flotte: diese Fahrzeuge sind erfunden.',
  start: 'Erstes eigenes Gerät hinzufügen',
  hide: 'Diese Zeile ausblenden',
  which: 'Welcher Tracker ist es?',
  model: 'Familie',
  other: 'Stellen Sie Server und Port ein, wie sein Handbuch es sagt.',
  who: 'Wer ist er?',
  oddImei: 'Die letzte Ziffer passt nicht zu den anderen: bitte mit dem Etikett vergleichen.',
  knocks:
    'Dieses Gerät hat schon angerufen und wurde abgewiesen. Fügen Sie es hinzu; beim nächsten Anruf ist es willkommen.',
  where: 'Sagen Sie ihm, wo es anrufen soll',
  address: 'Adresse dieses Servers',
  addressHint: 'wie Tracker ihn aus dem Mobilfunknetz erreichen',
  badAddress: 'Nur ein Name oder eine IPv4-Adresse: Buchstaben, Ziffern, Punkte und Bindestriche.',
  unreachable:
    'Aus dem Mobilfunknetz ist das nicht erreichbar: geben Sie den öffentlichen Namen oder die Adresse an.',
  tcp: 'TCP',
  usualPort: 'der übliche; fragen Sie den Betreiber des Servers',
  apn: 'APN',
  apnHint: 'des Anbieters der SIM-Karte',
  send: 'Senden Sie diese SMS nacheinander an die Nummer der SIM-Karte im Tracker. Firmware unterscheidet sich, vergleichen Sie sie zuvor mit dem Handbuch:',
  noTexts: 'Stellen Sie Adresse und Port mit der App des Trackers oder nach seinem Handbuch ein.',
  notes: {
    spaces:
      'Die zwei Leerzeichen am Anfang gehören dazu. Hat der Tracker SMS-Login und Passwort, stehen sie dort.',
    commands:
      'Der Tracker antwortet meist auf jede mit OK. Fragt er nach einem Passwort, sagt sein Handbuch, wohin es gehört.',
    password: '0000 ist das Passwort bei Auslieferung.',
  },
  wait: 'Auf den ersten Ort warten',
  waitFirst: 'Sobald es oben hinzugefügt ist, zeigt sich hier, wie weit es ist.',
  steps: {
    added: (name) => `Der Server kennt ${name}`,
    called: (name) => `${name} hat angerufen`,
    located: () => 'Der erste Ort ist da',
  },
  patience: {
    added: 'Warten auf den Anruf. Nach neuen Einstellungen kann ein Tracker einige Minuten brauchen.',
    called: 'Es ist da. Warten auf Satelliten: unter freiem Himmel dauert das ein bis zwei Minuten.',
    located: '',
  },
  here: (name) => `${name} ist auf der Karte.`,
  show: 'Zeigen',
  another: 'Noch eines hinzufügen',
}
