import { Declarations, type Node, type Span, WordPositions } from '@wasm-cos/core'
import { parseSync } from 'oxc-parser'
import { isReferenceIdentifier } from 'oxc-walker'

/** `new URL('./x.wasm', import.meta.url)` in a module. */
export interface WasmUrl {
  specifier: string
  /** The first argument. */
  url: Span
  /** The second. */
  base: Span
}

/**
 * Finds `new URL('./x.wasm', import.meta.url)` in a module, in JavaScript, TypeScript and JSX. A local `URL` is not the
 * constructor that is meant, and an absolute URL names no file.
 */
export function findWasmUrls(path: string, code: string): WasmUrl[] {
  const { program, errors } = parseSync(path, code, { lang: languageOf(path), sourceType: 'module' })
  // esbuild has a better message for these.
  if (errors.length > 0) return []
  const found: WasmUrl[] = []
  const words = new WordPositions(code, ['URL'])
  const declarations = new Declarations()
  declarations.walk(program, words, {})
  declarations.freeze()
  declarations.walk(program, words, {
    enter(node) {
      if (node.type !== 'NewExpression' || node.callee.type !== 'Identifier' || node.callee.name !== 'URL')
        return
      const [url, base] = node.arguments
      const specifier = textOf(url)
      if (
        url === undefined ||
        base === undefined ||
        specifier === undefined ||
        !isImportMetaUrl(base) ||
        !isReferenceIdentifier(node.callee, node) ||
        declarations.isDeclared('URL')
      )
        return
      found.push({ specifier, url: spanOf(url), base: spanOf(base) })
    },
  })
  return found
}

function languageOf(path: string): 'jsx' | 'ts' | 'tsx' {
  if (path.endsWith('.tsx')) return 'tsx'
  return path.endsWith('ts') ? 'ts' : 'jsx'
}

/** The text of a literal that is a relative path or that of a package. */
function textOf(node: Node | undefined): string | undefined {
  const text =
    node?.type === 'Literal'
      ? node.value
      : node?.type === 'TemplateLiteral' && node.expressions.length === 0
        ? node.quasis[0]!.value.cooked
        : undefined
  return typeof text === 'string' && /^(?!\/|[a-z][a-z\d+.-]*:).*\.wasm$/i.test(text) ? text : undefined
}

function isImportMetaUrl(node: Node): boolean {
  return (
    node.type === 'MemberExpression' &&
    node.object.type === 'MetaProperty' &&
    node.object.meta.name === 'import' &&
    node.property.type === 'Identifier' &&
    node.property.name === 'url'
  )
}

function spanOf({ start, end }: Node): Span {
  return { start, end }
}
