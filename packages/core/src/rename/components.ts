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
  /** The nodes whose successors are being visited: a graph can be deeper than the stack of calls. */
  const visits: { node: Node; rest: Iterator<Node>; lowest: number }[] = []

  const begin = (node: Node): void => {
    visits.push({ node, rest: next(node)[Symbol.iterator](), lowest: indices.size })
    indices.set(node, indices.size)
    path.push(node)
    onPath.add(node)
  }

  /** Ends a visit: the smallest index on the path that can be reached from the node is known. */
  const end = ({ node, lowest }: { node: Node; lowest: number }): void => {
    visits.pop()
    const outer = visits.at(-1)
    if (outer !== undefined) outer.lowest = Math.min(outer.lowest, lowest)
    if (lowest !== indices.get(node)) return
    const component = path.splice(path.lastIndexOf(node))
    for (const member of component) onPath.delete(member)
    components.push(component)
  }

  for (const start of nodes) {
    if (!indices.has(start)) begin(start)
    for (let visit = visits.at(-1); visit !== undefined; visit = visits.at(-1)) {
      const { done, value: other } = visit.rest.next()
      if (done === true) end(visit)
      else if (!indices.has(other)) begin(other)
      else if (onPath.has(other)) visit.lowest = Math.min(visit.lowest, indices.get(other)!)
    }
  }
  return components
}
