// The words of the map.
import type { Layers } from '../../map/chosen'

export const map = {
  label: 'Map of the fleet',
  controls: 'Map',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  fit: 'Show the whole fleet',
  north: 'Turn north up',
  legend: 'Legend',
  attribution: 'Natural Earth · GeoNames',
  here: (n: number) => `${n} vehicles here`,
  more: (n: number) => (n === 1 ? 'and 1 more: zoom in' : `and ${n} more: zoom in`),

  menu: 'What the map shows',
  base: 'Base map',
  bases: { auto: 'As the page', day: 'Day', night: 'Night' } satisfies Record<Layers['base'], string>,
  names: 'Place names',
  own: 'In my language',
  local: 'As written there',
  show: 'Show',
  clusters: 'Group near vehicles',
  labels: 'Vehicle names',
  trails: 'Trails of 30 minutes',

  watch: 'Watch the selected vehicle',
  unwatch: (name: string) => `Stop watching ${name}`,
  watched: 'Watched vehicles',

  measure: 'Measure distances',
  measuring: {
    title: 'Distance',
    hint: 'Click on the map to set points, drag them to move them. With the keyboard: arrows move the map, Enter sets a point in its middle.',
    hintTouch: 'Tap on the map to set points, or move it under the cross.',
    centre: 'Set a point here',
    undo: 'Take back',
    clear: 'Start again',
    done: 'Done',
    part: (n: number) => `Part ${n}`,
    total: 'Total',
  },
}
