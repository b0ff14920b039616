import type { Node } from '../syntax/parse.ts'

/** The body of the outermost function around a node, parameters and arrows without braces aside, if it runs once. */
export function wrapperBody(ancestors: Node[]): Node | undefined {
  const index = ancestors.findIndex(({ type }) => /Function/.test(type))
  const body = ancestors[index + 1]
  return body?.type === 'BlockStatement' && runsOnce(ancestors.slice(0, index + 1)) ? body : undefined
}

/** Whether a function is called where it stands, or is the factory of a UMD bundle, or a module in a chunk of webpack's. */
function runsOnce(path: Node[]): boolean {
  const [inner, parent, object, array] = path.toReversed()
  // A function with a name may call itself.
  if (inner !== undefined && 'id' in inner && inner.id !== null) return false
  if (parent?.type === 'CallExpression') return parent.callee === inner || /Function/.test(parent.callee.type)
  return (
    parent?.type === 'Property' && object?.type === 'ObjectExpression' && array?.type === 'ArrayExpression'
  )
}
