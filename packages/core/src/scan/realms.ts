import type { ScannedScript } from './scan.ts'

/**
 * Finds the scripts that run in a page or worker where the build's own scripts replace `fetch`: those that replace it,
 * what they import, what imports them, and so on. A worker's URL is no import.
 *
 * @returns Each of these scripts with the one that replaces `fetch` for it.
 */
export function findReplacedRealms(scripts: ScannedScript[]): Map<ScannedScript, ScannedScript> {
  const replaced = new Map<ScannedScript, ScannedScript>()
  const spread = (script: ScannedScript, by: ScannedScript): void => {
    if (replaced.has(script)) return
    replaced.set(script, by)
    for (const other of scripts) {
      if (imports(script, other) || imports(other, script)) spread(other, by)
    }
  }
  for (const script of scripts.filter(({ replacesFetch }) => replacesFetch)) spread(script, script)
  return replaced
}

function imports(script: ScannedScript, other: ScannedScript): boolean {
  return script.imports.has(other.file.fileName)
}

/** The scripts that a script imports, directly or through others. */
export function importedBy(script: ScannedScript, scripts: ScannedScript[]): Set<ScannedScript> {
  return spreadFrom(script, (one) => scripts.filter((other) => imports(one, other)))
}

/** The scripts that import a script, directly or through others. */
export function importersOf(script: ScannedScript, scripts: ScannedScript[]): Set<ScannedScript> {
  return spreadFrom(script, (one) => scripts.filter((other) => imports(other, one)))
}

/** The scripts that can run where a script runs: itself, what imports it, and all that these import. */
export function realmOf(script: ScannedScript, scripts: ScannedScript[]): Set<ScannedScript> {
  const realm = new Set([script, ...importersOf(script, scripts)])
  for (const one of Array.from(realm)) for (const other of importedBy(one, scripts)) realm.add(other)
  return realm
}

/** The scripts that a script names without importing them, and those of workers that any script may start. */
export function startedBy(script: ScannedScript, scripts: ScannedScript[]): ScannedScript[] {
  return scripts.filter((other) => starts(script, other))
}

/** The scripts that may start a script. */
export function startersOf(script: ScannedScript, scripts: ScannedScript[]): ScannedScript[] {
  return scripts.filter((other) => starts(other, script))
}

function starts({ file, refersTo, imports }: ScannedScript, other: ScannedScript): boolean {
  const { fileName, isWorker = false } = other.file
  return (refersTo.has(fileName) && !imports.has(fileName)) || (isWorker && file.isWorker !== true)
}

function spreadFrom(
  script: ScannedScript,
  next: (script: ScannedScript) => ScannedScript[],
): Set<ScannedScript> {
  const found = new Set<ScannedScript>()
  const open = [script]
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    for (const other of next(one)) {
      if (other === script || found.has(other)) continue
      found.add(other)
      open.push(other)
    }
  }
  return found
}
