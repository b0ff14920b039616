import type { ImportMap, ScriptFile } from '@wasm-cos/core'
import { defaultTreeAdapter, type DefaultTreeAdapterTypes, html as terms, parse } from 'parse5'

type ParentNode = DefaultTreeAdapterTypes.ParentNode
type Element = DefaultTreeAdapterTypes.Element

/** What the `type` of a classic script can be. @see https://html.spec.whatwg.org/multipage/scripting.html#attr-script-type */
const classic = /^(|(text|application)\/(x-)?(java|ecma)script)$/i

/** Finds the scripts that stand in a page, modules and classic ones, each named after its place: `index.html#1`. */
export function findInlineScripts(page: string, html: string): ScriptFile[] {
  if (!/<script/i.test(html)) return []
  const scripts: ScriptFile[] = []
  for (const element of elementsIn(parse(html, { sourceCodeLocationInfo: true }))) {
    const { attrs, sourceCodeLocation: location } = element
    const attribute = (name: string) => attrs.find((found) => found.name === name)?.value
    const type = attribute('type') ?? ''
    if (element.tagName !== 'script' || attribute('src') !== undefined || !location?.startTag) continue
    if (type.toLowerCase() !== 'module' && !classic.test(type.trim())) continue
    const start = location.startTag.endOffset
    const code = html.slice(start, location.endTag?.startOffset ?? location.endOffset)
    if (isMarkup(element, code)) continue
    scripts.push({
      type: 'script',
      fileName: `${page}#${scripts.length + 1}`,
      code,
      format: type.toLowerCase() === 'module' ? 'module' : 'script',
      page: { fileName: page, start },
    })
  }
  return scripts
}

/** Whether a `<` in a script begins an element: SVG has no raw text but in CDATA sections, which may begin in a comment. */
function isMarkup({ namespaceURI }: Element, code: string): boolean {
  return namespaceURI !== terms.NS.HTML && !/^\s*(?:\/\/|\/\*)\s*<!\[CDATA\[/.test(code)
}

/** Finds the import maps in a page. One that is no JSON is none. */
export function findImportMaps(page: string, html: string): ImportMap[] {
  if (!/importmap/i.test(html)) return []
  return Array.from(elementsIn(parse(html))).flatMap(({ tagName, attrs, childNodes }) => {
    const type = attrs.find(({ name }) => name === 'type')?.value.toLowerCase()
    if (tagName !== 'script' || type !== 'importmap') return []
    const text = childNodes.map((node) => ('value' in node ? node.value : '')).join('')
    return [{ type: 'import-map', fileName: page, imports: new Map(specifiersIn(text)) }]
  })
}

function specifiersIn(json: string): [specifier: string, url: string][] {
  try {
    const { imports = {}, scopes = {} } = JSON.parse(json) as Record<string, Record<string, object>>
    return [imports, ...Object.values(scopes)]
      .flatMap((map) => Object.entries(map))
      .filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  } catch {
    return []
  }
}

/** Every element of a page, those in templates too. */
export function* elementsIn(parent: ParentNode): Iterable<Element> {
  for (const node of parent.childNodes) {
    if (!defaultTreeAdapter.isElementNode(node)) continue
    yield node
    yield* elementsIn('content' in node ? (node as DefaultTreeAdapterTypes.Template).content : node)
  }
}

/** The file in which a script stands: its own, or a page. */
export function carrierOf({ fileName, page }: ScriptFile): string {
  return page?.fileName ?? fileName
}
