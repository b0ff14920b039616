import type { Program } from '@oxc-project/types'
import { stringOf } from '../syntax/literals.ts'
import type { Node } from '../syntax/parse.ts'
import type { Names } from './named-files.ts'

/** The wasm files that constants at the top level of a program name, by the constants. */
export function findUrlConstants({ body }: Program, names: Names): Map<string, string[]> {
  const constants = new Map<string, string[]>()
  for (const statement of body) {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
    if (declaration?.type !== 'VariableDeclaration') continue
    for (const { id, init } of declaration.declarations) {
      if (id.type !== 'Identifier' || init === null) continue
      const files =
        init.type === 'Identifier'
          ? (constants.get(init.name) ?? [])
          : stringsIn(init).flatMap((text) => names.namedBy(text).filter((name) => name.endsWith('.wasm')))
      if (files.length > 0) constants.set(id.name, files)
    }
  }
  return constants
}

/** The strings that a URL is put together of. */
function stringsIn(node: Node): string[] {
  switch (node.type) {
    case 'Literal':
    case 'TemplateLiteral':
      return [stringOf(node) ?? '']
    case 'BinaryExpression':
      return [...stringsIn(node.left), ...stringsIn(node.right)]
    case 'MemberExpression':
      return stringsIn(node.object)
    case 'NewExpression':
    case 'CallExpression':
      return node.arguments.flatMap(stringsIn)
    default:
      return []
  }
}
