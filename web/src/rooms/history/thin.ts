// Charts have no more columns than the screen has pixels: of each column's values the least and the greatest are kept.

export type Thinned = [x: number[], y: (number | null)[]] // x in s since 1970

// thin gives what a chart of so many columns shows of a column of values between two times, with a null in silences.
export function thin(
  time: Float64Array,
  values: Float64Array,
  from: number,
  to: number,
  columns: number,
  gap: number,
): Thinned {
  const x: number[] = []
  const y: (number | null)[] = []
  const width = (to - from) / Math.max(1, columns)
  let last = Number.NaN // time of the last value that was kept
  let [column, low, high] = [-1, -1, -1]
  const put = (i: number) => {
    if (time[i]! - last > gap) {
      x.push(last / 1000 + 0.001)
      y.push(null)
    }
    last = time[i]!
    x.push(last / 1000)
    y.push(values[i]!)
  }
  const flush = () => {
    if (low < 0) return
    put(Math.min(low, high))
    if (low !== high) put(Math.max(low, high))
  }
  for (let i = 0; i < time.length; i++) {
    const value = values[i]!
    if (Number.isNaN(value) || time[i]! < from - gap || time[i]! > to + gap) continue
    const at = Math.floor((time[i]! - from) / width)
    if (at !== column) {
      flush()
      column = at
      low = high = i
    } else if (value < values[low]!) low = i
    else if (value >= values[high]!) high = i
  }
  flush()
  return [x, y]
}
