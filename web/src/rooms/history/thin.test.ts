import { describe, expect, it } from 'vitest'
import { thin } from './thin'

describe('thin', () => {
  const time = Float64Array.from({ length: 10_000 }, (_, i) => i * 1000)
  const values = Float64Array.from(time, (_, i) => (i === 5555 ? 900 : i === 7777 ? -900 : Math.sin(i / 50)))

  it('keeps the least and the greatest of each column', () => {
    const [x, y] = thin(time, values, 0, 10_000_000, 100, 300_000)
    expect(x.length).toBeLessThanOrEqual(200)
    expect(y).toContain(900)
    expect(y).toContain(-900)
    expect(x).toEqual([...x].sort((a, b) => a - b))
  })
  it('keeps all of what fits', () => {
    const [x, y] = thin(time, values, 0, 9000, 1000, 3000)
    expect(x.slice(0, 10)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(y[3]).toBe(values[3])
  })
  it('breaks the line in a silence, not where a value was left out', () => {
    const few = Float64Array.from([0, 1000, 2000, 900_000])
    const [x, y] = thin(few, Float64Array.from([1, Number.NaN, 3, 4]), 0, 900_000, 1e6, 300_000)
    expect(y).toEqual([1, 3, null, 4])
    expect(x[2]).toBeGreaterThan(2)
  })
  it('has nothing of nothing', () => {
    expect(thin(new Float64Array(), new Float64Array(), 0, 1, 5, 1)).toEqual([[], []])
  })
})
