// What can be chosen in a form, read when the form opens.
import { call } from '../../api'
import { readProtocols } from '../../api/protocols'
import { words } from '../../words'

export interface Choice {
  value: number | string
  text: string
}

interface Named {
  id: number
  name: string
  path?: string
  plate?: string
}

const most = 1000 // of a list that is offered whole

async function read(path: string): Promise<Choice[]> {
  const { items } = await call<{ items: Named[] | null }>('GET', path)
  return (items ?? []).map((i) => ({
    value: i.id,
    text: [i.path ?? i.name, i.plate].filter(Boolean).join(' · '),
  }))
}

export const groups = () => read('/api/groups')
export const drivers = () => read(`/api/drivers?limit=${most}`)
export const vehicles = () => read(`/api/vehicles?limit=${most}`)
export const protocols = async (): Promise<Choice[]> =>
  (await readProtocols()).map((p) => ({ value: p.name, text: p.title }))
export const roles = async (): Promise<Choice[]> =>
  ['viewer', 'dispatcher', 'admin'].map((value) => ({ value, text: words.menu.roles[value]! }))
