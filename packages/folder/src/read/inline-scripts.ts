import type { ScriptFile } from '@wasm-cos/core'
import { defaultTreeAdapter, type DefaultTreeAdapterTypes, parse } from 'parse5'

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
