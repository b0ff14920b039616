import { posix } from 'node:path'
import type { ScriptFile } from '../output.ts'
import { stringOf } from '../syntax/literals.ts'
import type { Node } from '../syntax/parse.ts'
import type { Names } from './named-files.ts'

/** The emitted files that a script names. */
export class NamedByScript {
  /** These files, wasm and scripts. */
  readonly refersTo: Set<string>
  /** The strings by which it names each of them. */
  readonly namings: Map<string, Set<string>> = new Map()
  /** Those of them that it runs, by `import` or `importScripts`, or by the bundler's records. */
  readonly imports: Set<string>
  readonly #fileName: string
  readonly #names: Names
  /** The specifiers of imports. */
  readonly #specifiers = new Set<Node>()
  /** What `import.meta.resolve` is called with. */
  readonly #resolved = new Set<Node>()
  readonly #namedOtherwise = new Set<string>()

  constructor(file: ScriptFile, names: Names) {
    this.#fileName = file.fileName
    this.#names = names
    this.refersTo = new Set(file.refersTo)
    this.imports = new Set(file.refersTo?.filter((name) => !name.endsWith('.wasm')))
  }

  /** Wasm files that it names only as modules to import. */
  get nativeImports(): Set<string> {
    return new Set(
      [...this.imports].filter((name) => name.endsWith('.wasm') && !this.#namedOtherwise.has(name)),
    )
  }

  /** Notes which strings a node has as specifiers; it comes before them. */
  enter(node: Node): void {
    const specifier = importedBy(node)
    if (specifier) {
      this.#specifiers.add(specifier)
      for (const fileName of this.#resolve(stringOf(specifier) ?? '').files) this.imports.add(fileName)
    }
    if (isResolve(node)) for (const argument of node.arguments) this.#resolved.add(argument)
  }

  /** Notes the files that a string names. */
  readString(text: string, node: Node): void {
    const isSpecifier = this.#specifiers.has(node)
    const { url, files } =
      isSpecifier || this.#resolved.has(node)
        ? this.#resolve(text)
        : { url: text, files: this.#names.namedBy(text) }
    for (const fileName of files) {
      if (!isSpecifier) this.#namedOtherwise.add(fileName)
      this.refersTo.add(fileName)
      this.namings.set(fileName, (this.namings.get(fileName) ?? new Set()).add(url))
    }
  }

  /** The files that a specifier stands for, and the URL of it; of several, the one that is where it leads to from this script. */
  #resolve(specifier: string): { url: string; files: string[] } {
    const url = this.#names.meantBy(specifier)
    const named = this.#names.namedBy(url)
    if (named.length < 2 || url !== specifier || !/^\.\.?\//.test(url)) return { url, files: named }
    const exact = posix.join(posix.dirname(this.#fileName), url.replace(/[?#].*$/s, ''))
    return { url, files: named.includes(exact) ? [exact] : named }
  }
}

/** The specifier of an import, static or dynamic or by `importScripts`. */
function importedBy(node: Node): Node | null | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ImportExpression':
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration':
      return node.source
    case 'CallExpression':
      return node.callee.type === 'Identifier' && node.callee.name === 'importScripts'
        ? node.arguments[0]
        : undefined
    default:
      return undefined
  }
}

/** Whether a node is `import.meta.resolve(specifier)`. */
function isResolve(node: Node): node is Extract<Node, { type: 'CallExpression' }> {
  return (
    node.type === 'CallExpression' &&
    node.callee.type === 'MemberExpression' &&
    node.callee.object.type === 'MetaProperty' &&
    node.callee.property.type === 'Identifier' &&
    node.callee.property.name === 'resolve'
  )
}
