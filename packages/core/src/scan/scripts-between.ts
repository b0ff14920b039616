import type { ScriptFile } from '../output.ts'
import type { Names } from './named-files.ts'
import { scriptsNamedIn } from './scripts-named-in.ts'
import { downloads, namesSeveral, type ScannedScript } from './scanned-script.ts'

/**
 * Finds the scripts through which one that downloads, and names several wasm files, can hand the URL of one to another: they need
 * not have a word about wasm. Their texts are searched for the names of scripts, which takes much less than to scan them.
 *
 * @param others Scripts that are not scanned.
 */
export function scriptsBetween(
  scanned: ScannedScript[],
  others: ScriptFile[],
  names: Names,
  wasmNames: ReadonlySet<string>,
): Set<ScriptFile> {
  const between = new Set<ScriptFile>()
  const able = new Set(scanned.filter(downloads).map(({ file }) => file.fileName))
  if (able.size < 2 || others.length === 0) return between
  const known = new Map(scanned.map(({ file, refersTo }) => [file.fileName, [...refersTo]]))
  const unknown = new Map(others.map((file) => [file.fileName, file]))
  const namedBy = (name: string): string[] => {
    const file = unknown.get(name)
    const found = known.get(name) ?? (file === undefined ? [] : scriptsNamedIn(file.code, names))
    known.set(name, found)
    return found
  }
  for (const script of scanned) {
    const { fileName } = script.file
    if (!able.has(fileName) || !namesSeveral(script, wasmNames)) continue
    const isOther = (name: string): boolean => name !== fileName && able.has(name)
    const isSeen = (name: string): boolean => !unknown.has(name)
    // Scripts that import or start it are not followed, because through them every script of the page is reached.
    const isBelow = (name: string): boolean => !namedBy(name).includes(fileName)
    // Where it reaches another one without them, that one has the file anyway.
    if ([...namersFrom(fileName, namedBy, isSeen).keys()].some(isOther)) continue
    const namers = namersFrom(fileName, namedBy, isBelow)
    const open = [...namers.keys()].filter(isOther)
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      for (const namer of namers.get(name) ?? []) {
        const file = unknown.get(namer)
        if (file === undefined || between.has(file)) continue
        between.add(file)
        open.push(namer)
      }
    }
  }
  return between
}

/** Who names each script that is reached from one, among those that are reached. */
function namersFrom(
  start: string,
  namedBy: (name: string) => string[],
  isOnTheWay: (name: string) => boolean = () => true,
): Map<string, string[]> {
  const namers = new Map<string, string[]>()
  const open = [start]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    for (const named of namedBy(name)) {
      const others = namers.get(named)
      if (others !== undefined) others.push(name)
      else if (isOnTheWay(named)) {
        namers.set(named, [name])
        open.push(named)
      }
    }
  }
  return namers
}
