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
