import type { HashedFile, Warning } from '../output.ts'
import type { ScannedScript } from '../scan/scanned-script.ts'

/** A file that a script names and that is not shared, since a script of the build replaces `fetch` there. */
export interface LeftFile {
  file: HashedFile
  script: ScannedScript
  replacedBy: ScannedScript
}

/** Says which files are not shared because scripts replace `fetch`: one warning for all that has to do with each other. */
export function fetchReplaced(left: LeftFile[]): Warning[] {
  return groupsOf(left).map((group) => {
    const files = listOf(group.map(({ file }) => file.fileName))
    const replacers = listOf(group.map(({ replacedBy }) => replacedBy.file.fileName))
    const loaders = listOf(group.map(({ script }) => script.file.fileName))
    const what =
      replacers.length === 1
        ? `${replacers[0]} replaces the global fetch by a function that does not hand its request on, so that it decides what ` +
          `${loaders.map((name) => (name === replacers[0] ? 'it' : name)).join(' and ')} ${loaders.length === 1 ? 'loads' : 'load'}`
        : `${replacers.join(' and ')} replace the global fetch by functions that do not hand their request on, so that these decide ` +
          'what is loaded there'
    return {
      code: 'fetch-replaced',
      message:
        `${files.join(', ')} will not come from Cross-Origin Storage: ${what}. Let ${replacers.length === 1 ? 'it' : 'them'} call the ` +
        "original with the request as it came, or exclude the wasm with the option 'exclude'.",
      ...(files.length === 1 && { file: files[0]! }),
    }
  })
}

/** Puts together what has a file in common, or the script that replaces `fetch`, directly or through others. */
function groupsOf(left: LeftFile[]): LeftFile[][] {
  let groups: LeftFile[][] = []
  for (const one of left) {
    const isNear = (group: LeftFile[]) =>
      group.some(({ file, replacedBy }) => file === one.file || replacedBy === one.replacedBy)
    const near = groups.filter(isNear)
    groups = [...groups.filter((group) => !near.includes(group)), [...near.flat(), one]]
  }
  return groups
}

function listOf(names: string[]): string[] {
  return [...new Set(names)]
}
