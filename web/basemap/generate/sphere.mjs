// Rings and lines on a sphere, made plane. The sources cross the 180th meridian and circle the poles, so that a ring's
// longitude may jump from 180 to -180, or end a turn away from where it began.

export const polygons = ({ type, coordinates }) => (type === 'Polygon' ? [coordinates] : coordinates)

// unwrap makes a feature's longitudes run on beyond 180; the tiles' cutter brings them back.
export function unwrap(feature) {
  const { type, coordinates } = feature.geometry
  const made = {
    Polygon: () => unwrapPolygon(coordinates),
    MultiPolygon: () => coordinates.map(unwrapPolygon),
    LineString: () => unwrapLine(coordinates),
    MultiLineString: () => coordinates.map(unwrapLine),
  }[type]()
  return { ...feature, geometry: { type, coordinates: made } }
}

function unwrapLine(line) {
  let turns = 0
  return line.map(([lon, lat], i) => {
    const jump = i > 0 ? lon - line[i - 1][0] : 0
    if (Math.abs(jump) > 180) turns -= Math.sign(jump) * 360
    return [lon + turns, lat]
  })
}

// unwrapPolygon also leads a ring that circles a pole over it, and puts holes where their ring went.
function unwrapPolygon([ring, ...holes]) {
  const outer = unwrapLine(ring)
  const [first, last] = [outer[0], outer.at(-1)]
  if (Math.abs(last[0] - first[0]) > 180) {
    const pole = Math.sign(first[1]) * 90
    outer.push([last[0], pole], [first[0], pole], first)
  }
  const longitudes = outer.map(([lon]) => lon)
  const west = longitudes.reduce((a, b) => Math.min(a, b))
  const east = longitudes.reduce((a, b) => Math.max(a, b))
  return [
    outer,
    ...holes.map(unwrapLine).map((hole) => {
      const shift = hole[0][0] < west ? 360 : hole[0][0] > east ? -360 : 0
      return hole.map(([lon, lat]) => [lon + shift, lat])
    }),
  ]
}

// area is a ring's area on the sphere in km².
export function area(ring) {
  const radians = Math.PI / 180
  let sum = 0
  for (let i = 0; i + 1 < ring.length; i++) {
    const [a, b] = [ring[i], ring[i + 1]]
    sum += (b[0] - a[0]) * radians * (2 + Math.sin(a[1] * radians) + Math.sin(b[1] * radians))
  }
  return Math.abs(sum / 2) * 6371 ** 2
}
