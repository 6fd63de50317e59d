import type { Words } from '../en'

export const desk: Pick<Words, keyof typeof import('../en/desk').desk> = {
  status: {
    moving: 'Roule',
    idle: 'Au ralenti',
    stopped: 'À l’arrêt',
    offline: 'Hors ligne',
    alarm: 'Alarme',
    nowhere: 'Sans position',
  },
  statusHelp: {
    moving: 'roule à plus de 3 km/h',
    idle: 'est immobile, contact mis',
    stopped: 'est immobile, contact coupé',
    offline: 'n’a rien envoyé depuis 30 minutes',
    alarm: 'a signalé une alarme dans son dernier message',
    nowhere: 'n’a pas encore dit où il est',
  },

  live: {
    connecting: 'Connexion…',
    live: 'En direct',
    lost: 'Pas de direct',
    lostBanner: 'La liaison en direct est coupée. Reconnexion…',
    old: (age) => `Ce que vous voyez date de ${age}.`,
    reconnect: 'Reconnecter',
    back: 'La liaison en direct est rétablie.',
    kept: (time) => `Pas de connexion. Vous voyez la flotte telle qu’à ${time}.`,
  },

  search: {
    label: 'Chercher un véhicule',
    placeholder: 'Nom, plaque, conducteur, IMEI…',
    clear: 'Effacer la recherche',
  },

  sheet: { expand: 'Montrer plus de la liste', collapse: 'Montrer moins de la liste' },
}
