import { textIn } from '../edit/text-in.ts'
import { isPageName } from '../file-names.ts'
import type { Host } from '../host.ts'
import type { ResolvedOptions } from '../options/resolve-options.ts'
import { isExcludedScript } from '../options/selected-files.ts'
import type { Warning } from '../output.ts'
import { inlinedSizeOf } from '../scan/inlined-wasm.ts'
import { inlinedWarning, smallestModule } from './warnings.ts'

/** A string in a script that stands in a page, as base64 of a wasm module begins. */
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
      const modules = textIn(host, fileName).matchAll(base64)
      const size = Math.max(0, ...Array.from(modules, ([text]) => inlinedSizeOf(text.slice(1))))
      return size >= smallestModule ? [inlinedWarning(fileName, size)] : []
    })
}
