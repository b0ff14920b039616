import type { Change, Edit, OutputFile, ScriptFile } from '../output.ts'
import { applyChanges } from './apply-changes.ts'
import { shiftMap } from './sourcemap.ts'
import type { Texts } from './texts.ts'

/** The error for a file that a script names as its source map and that is no source map. */
export class SourceMapError extends Error {
  override name = 'SourceMapError'
}

/**
 * Applies edits to scripts, to those that stand in pages, and to the source maps that go with them.
 *
 * @param mapNameOf The file that holds a script's source map, if it has one.
 * @throws {SourceMapError} If that file is no source map.
 */
export function editTexts(
  texts: Texts,
  edits: Edit[],
  output: OutputFile[],
  mapNameOf: (fileName: string) => string,
): void {
  const changesOf = new Map(edits.map(({ fileName, changes }) => [fileName, changes]))
  for (const script of output.filter((file) => file.type === 'script').toSorted(lastInPageFirst)) {
    const changes = changesOf.get(script.fileName)
    if (changes === undefined) continue
    try {
      if (script.page === undefined) editFile(texts, script, changes, mapNameOf(script.fileName))
      else editInPage(texts, script, changes)
    } catch (error) {
      if (error instanceof RangeError) error.message = `${script.fileName} cannot be edited: ${error.message}`
      throw error
    }
  }
}

/** Orders the scripts of a page from its end, so that the places of those before an edited one stay. */
function lastInPageFirst({ page: one }: ScriptFile, { page: other }: ScriptFile): number {
  return (other?.start ?? 0) - (one?.start ?? 0)
}

function editFile(texts: Texts, { fileName, code }: ScriptFile, changes: Change[], mapName: string): void {
  texts.change(fileName, applyChanges(code, changes))
  const map = texts.original(mapName)
  if (map === undefined) return
  try {
    texts.change(mapName, shiftMap(map, code, changes))
  } catch (cause) {
    const { message } = cause as Error
    throw new SourceMapError(`${mapName} is not a source map (${message}); mend or delete it.`, { cause })
  }
}

function editInPage(texts: Texts, { page, code }: ScriptFile, changes: Change[]): void {
  const { fileName, start } = page!
  const html = texts.current(fileName)!
  const edited = applyChanges(code, changes)
  texts.change(fileName, html.slice(0, start) + edited + html.slice(start + code.length))
}
