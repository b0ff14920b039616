import type { ResolvedOptions } from '../options/resolve-options.ts'
import type { Edit, Warning } from '../output.ts'
import { publishedScripts } from '../packages/published-scripts.ts'

/**
 * Warns of an output that is a package's: an application that bundles it gives the wasm files other names, by which the scripts that
 * were edited here do not know them.
 */
export function libraryWarnings(
  edits: readonly Edit[],
  folder: string,
  fileNames: readonly string[],
  { final }: ResolvedOptions,
): Warning[] {
  const wasm = [...new Set(edits.flatMap(({ files }) => files.map(({ fileName }) => fileName)))]
  if (final || wasm.length === 0) return []
  const published = publishedScripts(folder, fileNames)
  if (published === undefined) return []
  const { name, scripts } = published
  const message =
    `${scripts.join(', ')} is what the package ${name} gives to applications, and one that bundles it cannot share ` +
    `${wasm.join(', ')} any more. Leave the plugin to the applications; where none bundles it, set the option 'final: true'.`
  return [{ code: 'library', message }]
}
