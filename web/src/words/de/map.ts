import type { Words } from '../en'

export const map: Words['map'] = {
  label: 'Karte der Flotte',
  controls: 'Karte',
  zoomIn: 'Vergrößern',
  zoomOut: 'Verkleinern',
  fit: 'Ganze Flotte zeigen',
  north: 'Nach Norden drehen',
  legend: 'Legende',
  attribution: 'Natural Earth · GeoNames',
  here: (n) => `${n} Fahrzeuge hier`,
  more: (n) => (n === 1 ? 'und 1 weiteres: näher heran' : `und ${n} weitere: näher heran`),

  menu: 'Was die Karte zeigt',
  base: 'Grundkarte',
  bases: { auto: 'Wie die Seite', day: 'Tag', night: 'Nacht' },
  names: 'Ortsnamen',
  own: 'In meiner Sprache',
  local: 'Wie dort üblich',
  show: 'Zeigen',
  clusters: 'Nahe Fahrzeuge zusammenfassen',
  labels: 'Namen der Fahrzeuge',
  trails: 'Spuren von 30 Minuten',

  watch: 'Gewähltes Fahrzeug beobachten',
  unwatch: (name) => `${name} nicht mehr beobachten`,
  watched: 'Beobachtete Fahrzeuge',

  measure: 'Strecken messen',
  measuring: {
    title: 'Strecke',
    hint: 'Klicken setzt Punkte, Ziehen verschiebt sie. Mit der Tastatur: Pfeile bewegen die Karte, Enter setzt einen Punkt in ihre Mitte.',
    hintTouch: 'Tippen setzt Punkte; oder die Karte unter das Kreuz schieben.',
    centre: 'Punkt hier setzen',
    undo: 'Zurücknehmen',
    clear: 'Neu beginnen',
    done: 'Fertig',
    part: (n) => `Abschnitt ${n}`,
    total: 'Gesamt',
  },
}
