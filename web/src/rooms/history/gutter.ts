// The room left and right of the hours, the same for the timeline and every chart, so that one cursor crosses all.
import { signal } from '@preact/signals'

export const columnWidth = signal(0) // px, of a chart with its gutters

export const gutter = (): { left: number; right: number } =>
  innerWidth < 700 ? { left: 38, right: 10 } : { left: 50, right: 14 }
