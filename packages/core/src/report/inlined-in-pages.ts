import { textIn } from '../edit/text-in.ts'
import { isPageName } from '../file-names.ts'
import type { Host } from '../host.ts'
import { hasString } from '../memory/has-string.ts'
import type { ResolvedOptions } from '../options/resolve-options.ts'
import { isExcludedScript } from '../options/selected-files.ts'
import type { Warning } from '../output.ts'
import { inlinedSizeOf } from '../scan/inlined-wasm.ts'
import { inlinedWarning, smallestModule } from './warnings.ts'

const inlineScript = /<script\b([^>]*)>([^]*?)<\/script/gi
/** A string in a script, as base64 of a wasm module begins. */
const base64 = /["'`](?:data:application\/(?:wasm|octet-stream);base64,)?AGFzb[\w+/=]*/g

/** Warns of pages that carry a wasm module: a plugin that makes one file of an output has put the scripts into them. */
export function inlinedInPages(
  host: Pick<Host, 'contentOf' | 'fileNames'>,
  options: ResolvedOptions,
): Warning[] {
  const pages = [...host.fileNames()].filter(isPageName)
  return pages
    .filter((fileName) => !isExcludedScript({ fileName }, options))
    .flatMap((fileName) => {
      const html = textIn(host, fileName)
      if (!hasString(html, 'AGFzb')) return []
      const codes = Array.from(html.matchAll(inlineScript), ([, attributes = '', code = '']) =>
        isCode(attributes) ? code : '',
      )
      const sizes = codes.flatMap((code) =>
        Array.from(code.matchAll(base64), ([text]) => inlinedSizeOf(text.slice(1))),
      )
      const size = sizes.reduce((largest, one) => Math.max(largest, one), 0)
      return size >= smallestModule ? [inlinedWarning(fileName, size)] : []
    })
}

/** Whether an element has a script in it; one of another type is data. */
function isCode(attributes: string): boolean {
  const type = /\btype\s*=\s*["']?([^"'\s]*)/i.exec(attributes)?.[1] ?? ''
  return !/\bsrc\s*=/i.test(attributes) && /^(|module|(text|application)\/javascript)$/i.test(type)
}
