import type { Words } from '../en'

export const map: Words['map'] = {
  label: 'Carte de la flotte',
  controls: 'Carte',
  zoomIn: 'Zoom avant',
  zoomOut: 'Zoom arrière',
  fit: 'Afficher toute la flotte',
  north: 'Remettre le nord en haut',
  legend: 'Légende',
  attribution: 'Natural Earth · GeoNames',
  here: (n) => `${n} véhicules ici`,
  more: (n) => (n === 1 ? 'et 1 autre : zoomez' : `et ${n} autres : zoomez`),

  menu: 'Ce que montre la carte',
  base: 'Fond de carte',
  bases: { auto: 'Comme la page', day: 'Jour', night: 'Nuit' },
  names: 'Noms de lieux',
  own: 'Dans ma langue',
  local: 'Tels qu’écrits sur place',
  show: 'Afficher',
  clusters: 'Regrouper les véhicules proches',
  labels: 'Noms des véhicules',
  trails: 'Traces de 30 minutes',

  watch: 'Surveiller le véhicule sélectionné',
  unwatch: (name) => `Ne plus surveiller ${name}`,
  watched: 'Véhicules surveillés',

  measure: 'Mesurer des distances',
  measuring: {
    title: 'Distance',
    hint: 'Cliquez sur la carte pour poser des points, glissez-les pour les déplacer. Au clavier : les flèches déplacent la carte, Entrée pose un point en son centre.',
    hintTouch: 'Touchez la carte pour poser des points, ou déplacez-la sous la croix.',
    centre: 'Poser un point ici',
    undo: 'Annuler',
    clear: 'Recommencer',
    done: 'Terminé',
    part: (n) => `Étape ${n}`,
    total: 'Total',
  },
}
