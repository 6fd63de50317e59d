import { beforeEach, expect, test, vi } from 'vitest'

const answers = vi.hoisted(() => ({ sims: vi.fn(), messages: vi.fn(), modems: vi.fn() }))
vi.mock('./api/sims', () => ({ readSims: answers.sims, readQuarantine: answers.messages }))
vi.mock('./api/modems', () => ({ readModems: answers.modems }))

const { modemWorries, readWorries, simAlarms, unseen } = await import('./worries')

const some = (n: number) => ({ items: Array.from({ length: n }, () => ({})), next: null })

beforeEach(() => {
  answers.sims.mockResolvedValue(some(0))
  answers.messages.mockResolvedValue(some(0))
  answers.modems.mockResolvedValue([])
})

test('an answer that comes late does not undo a newer one', async () => {
  let late: (answer: unknown) => void = () => {}
  answers.sims.mockReturnValueOnce(new Promise((resolve) => (late = resolve)))
  const old = readWorries()
  answers.sims.mockResolvedValueOnce(some(1))
  await readWorries()
  expect(simAlarms.value).toBe(1)
  late(some(0))
  await old
  expect(simAlarms.value).toBe(1)
})

test('what cannot be read stays as it was', async () => {
  answers.sims.mockResolvedValueOnce(some(2))
  answers.messages.mockResolvedValueOnce(some(3))
  answers.modems.mockResolvedValueOnce([
    { phase: 'puk' },
    { phase: 'ready', balance_low: true },
    { phase: 'ready' },
  ])
  await readWorries()
  expect([simAlarms.value, unseen.value, modemWorries.value]).toEqual([2, 3, 2])
  answers.sims.mockRejectedValueOnce(new Error('503'))
  await readWorries()
  expect([simAlarms.value, unseen.value, modemWorries.value]).toEqual([2, 0, 0])
})
