import type { Change } from '../output.ts'
import type { ScannedScript } from '../scan/scan.ts'

/** The name of the function that wraps a `fetch` which code passes on, for the stub of this name. */
export function nameOfValues(name: string): string {
  return `${name}_of`
}

/** Whether a script reads the global `fetch` without calling it right there. */
export function hasValues({ fetchReferences }: ScannedScript): boolean {
  return fetchReferences.some(({ kind }) => kind !== 'call')
}

/**
 * Makes a script's references of the global `fetch` those of the stub.
 *
 * @param name The stub's.
 */
export function changeReferences({ file, fetchReferences }: ScannedScript, name: string): Change[] {
  return fetchReferences.map(({ start, end, kind }): Change => {
    const reference = file.code.slice(start, end)
    if (kind === 'call') return { start, end, text: name + reference.replace(/[^\n]/g, '') }
    return { start, end, text: `${kind === 'shorthand' ? 'fetch:' : ''}${nameOfValues(name)}(${reference})` }
  })
}
