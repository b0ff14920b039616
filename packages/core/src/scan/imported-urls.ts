import { append } from '../append.ts'
import type { ScriptFile } from '../output.ts'
import type { Names } from './named-files.ts'
import { exportedAs, namesImported, takes } from './names-imported.ts'
import type { ScannedScript } from './scanned-script.ts'
import { scriptsNamedIn } from './scripts-named-in.ts'
import { requires, urlModulesIn } from './url-modules.ts'

/**
 * Finds the scripts that import the URL of a wasm file from one that names the file, and loads wasm for others: bundlers put a library
 * and the constant with its file's URL into one chunk, and what calls the library with `fetch(url)` into another.
 *
 * @param loaders Scripts that are sure to load wasm.
 * @param scripts All of the output.
 * @returns For each of the scripts the files whose URLs it imports.
 */
export function findImportedUrls(
  loaders: ScannedScript[],
  scripts: ScriptFile[],
  names: Names,
): Map<ScriptFile, Set<string>> {
  const found = new Map<ScriptFile, Set<string>>()
  const add = (script: ScriptFile, fileNames: string[]): void => {
    found.set(script, new Set([...(found.get(script) ?? []), ...fileNames]))
  }
  const exporters = loaders.filter(
    ({ urlConstants, file }) => urlConstants.size > 0 && /\bexport\b/.test(file.code),
  )
  const namers = exporters.length === 0 ? new Map<string, ScriptFile[]>() : namersOf(scripts, names)
  for (const { file, urlConstants } of exporters) {
    const importers = (namers.get(file.fileName) ?? []).map((script) => ({
      script,
      imported: namesImported(script, file, names),
    }))
    for (const [constant, fileNames] of urlConstants) {
      for (const name of exportedAs(constant, file.code)) {
        for (const { script, imported } of importers)
          if (imported.has(name) || (imported.has('*') && takes(name, script.code))) add(script, fileNames)
      }
    }
  }
  for (const { file } of loaders) {
    for (const [id, fileName] of urlModulesIn(file.code, names)) {
      for (const script of scripts) if (script !== file && requires(id, script.code)) add(script, [fileName])
    }
  }
  return found
}

/** By script, those that name it. */
function namersOf(scripts: ScriptFile[], names: Names): Map<string, ScriptFile[]> {
  const namers = new Map<string, ScriptFile[]>()
  for (const script of scripts)
    for (const fileName of scriptsNamedIn(script.code, names)) append(namers, fileName, script)
  return namers
}
