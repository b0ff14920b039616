import type { Program } from '@oxc-project/types'
import type { Node } from '../syntax/parse.ts'

/** Whether a program declares values and exports them, and has neither calls nor functions; `new URL()` is a value. */
export function isOfConstants({ body }: Program): boolean {
  return body.every(
    (statement) =>
      statement.type === 'ImportDeclaration' ||
      statement.type === 'ExportAllDeclaration' ||
      (statement.type === 'ExportNamedDeclaration' &&
        (statement.declaration === null || declaresValues(statement.declaration))) ||
      declaresValues(statement),
  )
}

/** What the value of a constant may be written as. */
const values = new Set(
  'Literal TemplateLiteral BinaryExpression MemberExpression NewExpression Identifier'.split(' '),
)

function declaresValues(node: Node): boolean {
  return (
    node.type === 'VariableDeclaration' &&
    node.declarations.every(({ init }) => init === null || values.has(init.type))
  )
}
