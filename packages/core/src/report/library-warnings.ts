import { hasString } from '../memory/has-string.ts'
import type { ResolvedOptions } from '../options/resolve-options.ts'
import type { Edit, ScriptFile, Warning } from '../output.ts'
import { publishedScripts } from '../packages/published-scripts.ts'
import { baseNameOf } from '../scan/named-files.ts'

/**
 * Warns of an output that is a package's: an application that bundles it gives the wasm files other names, by which the scripts that
 * were edited here do not know them.
 */
export function libraryWarnings(
  edits: readonly Edit[],
  folder: string,
  scripts: readonly ScriptFile[],
  { final }: ResolvedOptions,
): Warning[] {
  const loaders = edits.filter(({ files }) => files.length > 0)
  if (final || loaders.length === 0) return []
  const published = publishedScripts(
    folder,
    scripts
      .filter((script) => loaders.some(({ fileName }) => isOrNames(script, fileName)))
      .map(({ fileName }) => fileName),
  )
  if (published === undefined) return []
  const wasm = new Set(loaders.flatMap(({ files }) => files.map(({ fileName }) => fileName)))
  const message =
    `${published.scripts.join(', ')} is what the package ${published.name} gives to applications, and one that bundles it cannot share ` +
    `${[...wasm].join(', ')} any more. Leave the plugin to the applications; where none bundles it, set the option 'final: true'.`
  return [{ code: 'library', message }]
}

/** Whether a script is the one of a name, or imports it. */
function isOrNames({ code, fileName }: ScriptFile, other: string): boolean {
  return fileName === other || hasString(code, baseNameOf(other))
}
