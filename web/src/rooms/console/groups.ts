import { call } from '../../api'

export interface Group {
  id: number
  path: string // North/Depot 2
  vehicles: number
}

export const readGroups = async (signal: AbortSignal): Promise<Group[]> =>
  (await call<{ items: Group[] | null }>('GET', '/api/groups', undefined, { signal })).items ?? []
