// The tree of groups, as the paths of the vehicles' groups tell it: "North/Depot 2" lies in "North".

export interface Group {
  path: string // '' is the vehicles without a group
  name: string
  depth: number
  parent: number // its place in the tree, -1 at the top
  end: number // the first place behind its branch
}

const { compare } = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

// growTree gives the groups of some paths and of all that lie above them, each branch in one piece, siblings in the
// order of their names. Vehicles without a group come last.
export function growTree(paths: Iterable<string>): Group[] {
  const all = new Set<string>()
  for (const path of paths) {
    for (let at = path.indexOf('/'); at > 0; at = path.indexOf('/', at + 1)) all.add(path.slice(0, at))
    all.add(path)
  }
  const loose = all.delete('')
  const parts = [...all].map((path) => path.split('/')).sort(byParts)
  if (loose) parts.push([''])
  const tree: Group[] = []
  const open: number[] = [] // the branch that is being grown, from the top
  for (const names of parts) {
    const depth = names.length - 1
    for (const above of open.splice(depth)) tree[above]!.end = tree.length
    tree.push({ path: names.join('/'), name: names[depth]!, depth, parent: open.at(-1) ?? -1, end: 0 })
    open.push(tree.length - 1)
  }
  for (const above of open) tree[above]!.end = tree.length
  return tree
}

function byParts(a: string[], b: string[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    if (a[i] === b[i]) continue
    return compare(a[i]!, b[i]!) || (a[i]! < b[i]! ? -1 : 1)
  }
  return a.length - b.length
}
