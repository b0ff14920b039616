import { posix } from 'node:path'
import { applyChanges, type Change, type Edit, shiftMap } from '@wasm-cos/core'
import { CommandError } from '../folder-error.ts'
import type { Folder } from '../folder.ts'
import { findInlineScripts } from '../read/inline-scripts.ts'

/** Applies edits to a folder's scripts, to those in pages, and to the source maps that go with them. */
export function editFolder({ texts }: Folder, edits: Edit[]): Map<string, string> {
  const edited = new Map<string, string>()
  for (const { fileName, changes } of edits.filter(({ fileName }) => pageOf(fileName) === fileName)) {
    const code = texts.get(fileName)!
    edited.set(fileName, applyChanges(code, changes))
    const mapName = mapNameOf(fileName, code)
    const map = texts.get(mapName)
    if (map !== undefined) edited.set(mapName, followChanges(mapName, map, code, changes))
  }
  const inline = new Map(edits.map(({ fileName, changes }) => [fileName, changes]))
  for (const page of new Set([...inline.keys()].filter((name) => pageOf(name) !== name).map(pageOf))) {
    edited.set(page, editPage(page, texts.get(page)!, inline))
  }
  return edited
}

/** The page in which a script stands, or the name of a script that is a file, which can have a `#` in it too. */
export function pageOf(fileName: string): string {
  return fileName.replace(/(\.html?)#\d+$/, '$1')
}

function editPage(page: string, html: string, edits: Map<string, Change[]>): string {
  let edited = html
  for (const { script, start } of findInlineScripts(page, html).toReversed()) {
    const changes = edits.get(script.fileName)
    if (changes === undefined) continue
    const end = start + script.code.length
    edited = edited.slice(0, start) + applyChanges(script.code, changes) + edited.slice(end)
  }
  return edited
}

/** The map that a script names, or the one beside it, which a hidden map is. */
function mapNameOf(fileName: string, code: string): string {
  const named = [...code.matchAll(/\/[/*][#@] sourceMappingURL=([^\s*]+)/g)].at(-1)?.[1]
  if (named === undefined || /^(data|https?):|^\/\//.test(named)) return `${fileName}.map`
  return posix.join(
    named.startsWith('/') ? '' : posix.dirname(fileName),
    decodeURI(named).replace(/[?#].*$/, ''),
  )
}

function followChanges(mapName: string, map: string, code: string, changes: Change[]): string {
  try {
    return shiftMap(map, code, changes)
  } catch (error) {
    throw new CommandError(`${mapName} is not a source map (${(error as Error).message}); mend or delete it.`)
  }
}
