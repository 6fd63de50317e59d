// The colours of speed: six classes, darker by night and lighter by day where slower, so that they can be told apart
// with any kind of colour vision and on paper.
import { speedIn, units } from '../../format'

const metric = [10, 30, 50, 80, 110] // km/h
const imperial = [5, 20, 30, 50, 70].map((mph) => mph * 1.609344)

export const classLimits = (): number[] => (units.value === 'imperial' ? imperial : metric)

const light = ['#8a94a3', '#4a9fd8', '#2a6fc4', '#5b3fb5', '#9b1f8f', '#c2154a']
const dark = ['#6b7686', '#3c7fc0', '#45b3d8', '#7fdcae', '#f2e26a', '#ff9a4d']

export const speedColours = (isDark: boolean): string[] => (isDark ? dark : light)

// classOf gives the class of a speed in km/h; what is not known counts as slow.
export function classOf(speed: number, limits: number[]): number {
  let at = 0
  while (at < limits.length && speed >= limits[at]!) at++
  return at
}

// legend says each class in the reader's units: "< 10", "10–30", … and the unit.
export function legend(): { texts: string[]; unit: string } {
  const limits = classLimits().map((limit) => speedIn(limit).text)
  const between = limits.slice(1).map((limit, n) => `${limits[n]}–${limit}`)
  return { texts: [`< ${limits[0]}`, ...between, `> ${limits.at(-1)}`], unit: speedIn(0).unit }
}
