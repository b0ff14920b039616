/**
 * Groups the nodes of a directed graph into strongly connected components, each after those that its nodes lead to.
 *
 * @see https://doi.org/10.1137/0201010 Tarjan, Depth-first search and linear graph algorithms
 */
export function componentsOf<Node>(nodes: Iterable<Node>, next: (node: Node) => Iterable<Node>): Node[][] {
  const components: Node[][] = []
  const indices = new Map<Node, number>()
  const path: Node[] = []
  const onPath = new Set<Node>()

  /** Returns the smallest index on the path that can be reached from a node. */
  const visit = (node: Node): number => {
    const index = indices.size
    let lowest = index
    indices.set(node, index)
    path.push(node)
    onPath.add(node)
    for (const other of next(node)) {
      if (!indices.has(other)) lowest = Math.min(lowest, visit(other))
      else if (onPath.has(other)) lowest = Math.min(lowest, indices.get(other)!)
    }
    if (lowest === index) {
      const component = path.splice(path.lastIndexOf(node))
      for (const member of component) onPath.delete(member)
      components.push(component)
    }
    return lowest
  }

  for (const node of nodes) if (!indices.has(node)) visit(node)
  return components
}
