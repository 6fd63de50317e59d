// Web Mercator as 32-bit integers: the world is 2³² units wide and high, 0 is its centre, a unit is 9 mm at the
// equator. Differences wrap at the date line by themselves.

export const worldUnits = 2 ** 32
const maxLatitude = 85.051129

export function mercatorX(longitude: number): number {
  return Math.round((longitude / 360) * worldUnits) | 0
}

export function mercatorY(latitude: number): number {
  const clamped = Math.max(-maxLatitude, Math.min(maxLatitude, latitude))
  const radians = (clamped * Math.PI) / 180
  const y = -Math.log(Math.tan(Math.PI / 4 + radians / 2)) / (2 * Math.PI)
  return Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, Math.round(y * worldUnits)))
}

export function longitudeOf(x: number): number {
  return (x / worldUnits) * 360
}

export function latitudeOf(y: number): number {
  return (Math.atan(Math.sinh((-y / worldUnits) * 2 * Math.PI)) * 180) / Math.PI
}
