import type { Node } from './parse.ts'

/** The text of a string, or of a template without expressions, into which minifiers turn one. */
export function stringOf(node: Node): string | undefined {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined
  if (node.type !== 'TemplateLiteral' || node.expressions.length > 0) return undefined
  return node.quasis[0]?.value.cooked ?? undefined
}

/** The value of a number. */
export function numberOf(node: Node): number | undefined {
  return node.type === 'Literal' && typeof node.value === 'number' ? node.value : undefined
}

/** The name of an object's property, quoted or not; undefined where it is computed. */
export function keyOf({ key, computed }: Extract<Node, { type: 'Property' }>): string | undefined {
  return !computed && key.type === 'Identifier' ? key.name : stringOf(key)
}

/** The name of the property that an expression reads, in brackets or behind a dot; undefined where it is computed. */
export function memberNameOf({
  computed,
  property,
}: Extract<Node, { type: 'MemberExpression' }>): string | undefined {
  return !computed && property.type === 'Identifier' ? property.name : stringOf(property)
}

/** The value of an object's property. */
export function propertyOf(
  { properties }: Extract<Node, { type: 'ObjectExpression' }>,
  name: string,
): Node | undefined {
  return properties
    .filter((property) => property.type === 'Property')
    .find((property) => keyOf(property) === name)?.value
}

/** Whether a text is a SHA-256 as Cross-Origin Storage writes it. */
export function isHash(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text)
}

/** Whether a node names that algorithm. */
export function isSha256(node: Node | undefined): boolean {
  return node !== undefined && stringOf(node) === 'SHA-256'
}
