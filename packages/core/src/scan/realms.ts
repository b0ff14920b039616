import type { ScannedScript } from './scanned-script.ts'
import { ScriptGraph } from './script-graph.ts'

/**
 * Finds the scripts that run in a page or worker where the build's own scripts replace `fetch`: those that replace it,
 * what they import, what imports them, and so on. A worker's URL is no import.
 *
 * @returns Each of these scripts with the one that replaces `fetch` for it.
 */
export function findReplacedRealms(scripts: ScannedScript[]): Map<ScannedScript, ScannedScript> {
  const replaced = new Map<ScannedScript, ScannedScript>()
  const replacing = scripts.filter(({ replacesFetch }) => replacesFetch)
  if (replacing.length === 0) return replaced
  const graph = new ScriptGraph(scripts)
  for (const script of replacing) {
    const open = [script]
    for (let one = open.pop(); one !== undefined; one = open.pop()) {
      if (replaced.has(one)) continue
      replaced.set(one, script)
      open.push(...graph.neighboursOf(one))
    }
  }
  return replaced
}
