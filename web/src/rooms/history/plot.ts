// One chart of one column of values. This file brings the chart library and is loaded when the first chart is shown.
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { Thinned } from './thin'

export interface PlotLook {
  colour: string
  grid: string
  text: string
  left: number // px, the room for the figures
  right: number
  stepped: boolean // values that are on or off
  least?: number // what the axis spans at least, in the column's unit
  floor?: true // filled down to the lowest, as of figures that are all negative
}

export interface Plot {
  show(data: Thinned, from: number, to: number, ticks: number[]): void
  resize(width: number, height: number): void
  close(): void
}

export function openPlot(element: HTMLElement, look: PlotLook, width: number, height: number): Plot {
  let [from, to] = [0, 1]
  let marks: number[] = []
  const font = '11px Inter, sans-serif'
  const grid = { stroke: look.grid, width: 1 }
  const range = (_: uPlot, low: number | null, high: number | null): [number, number] => {
    if (low === null || high === null) return [0, 1]
    if (look.stepped) return [0, Math.max(1.1, high * 1.1)]
    const room = Math.max(
      (high - low) * 0.12,
      Math.abs(high) * 0.01,
      0.5,
      ((look.least ?? 0) - (high - low)) / 2,
    )
    return [low >= 0 && low < high * 0.4 ? 0 : low - room, high + room]
  }
  const series: uPlot.Series = {
    stroke: look.colour,
    width: 1.5,
    fill: `${look.colour}26`,
    points: { show: false },
    spanGaps: false,
  }
  if (look.floor) series.fillTo = (u) => u.scales.y!.min ?? 0
  if (look.stepped) series.paths = uPlot.paths.stepped!({ align: 1 })
  const plot = new uPlot(
    {
      width,
      height,
      padding: [4, look.right, 4, 0],
      legend: { show: false },
      cursor: { show: false },
      scales: { x: { time: false, range: () => [from / 1000, to / 1000] }, y: { range } },
      axes: [
        { show: true, size: 0, grid, ticks: { show: false }, values: () => [], splits: () => marks },
        { size: look.left, font, stroke: look.text, grid, ticks: { show: false }, gap: 6, space: 22 },
      ],
      series: [{}, series],
    },
    [[], []],
    element,
  )
  return {
    show(data, begin, end, ticks) {
      ;[from, to] = [begin, end]
      marks = ticks.map((time) => time / 1000)
      plot.setData(data as uPlot.AlignedData)
    },
    resize: (wide, tall) => plot.setSize({ width: wide, height: tall }),
    close: () => plot.destroy(),
  }
}
