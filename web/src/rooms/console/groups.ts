import { call } from '../../api'

export interface Group {
  id: number
  path: string // North/Depot 2
  vehicles: number
}

export const readGroups = async (signal: AbortSignal): Promise<Group[]> =>
  (await call<{ items: Group[] | null }>('GET', '/api/groups', undefined, { signal })).items ?? []

// aboveOf is the part of a path that the group above it says already, if that is listed too: "North/" of "North/Depot".
export function aboveOf(path: string, groups: readonly Pick<Group, 'path'>[]): string {
  const own = path.lastIndexOf('/') + 1
  return groups.some((g) => g.path === path.slice(0, own - 1)) ? path.slice(0, own) : ''
}
