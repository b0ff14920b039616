import type { HashedFile, Warning } from '../output.ts'
import type { ScannedScript } from '../scan/scanned-script.ts'

/** What to do about a loader that a worker starts from text. */
export const adviceForText =
  "Ship the worker as a file (Vite: '?worker' without '&inline'; a dependency may have an option, as 'worker: false' or 'wasmModule' of esbuild-wasm)"

/** Whether a script names a file, itself or in a loader that it carries as text. */
export function namesFile({ refersTo, loadersAsText }: ScannedScript, { fileName }: HashedFile): boolean {
  const baseName = fileName.slice(fileName.lastIndexOf('/') + 1)
  return refersTo.has(fileName) || loadersAsText.some(({ text }) => text.includes(baseName))
}

/**
 * Says of files that are shared that a script also carries, as text, a loader that may download them: nobody knows before
 * the page runs which of the two the page uses. Where nothing can start a worker from text, nothing is said.
 *
 * @param files The files that are shared and that the script names, or may be given.
 */
export function sharedBesideText({ file, loadersAsText }: ScannedScript, files: HashedFile[]): Warning[] {
  if (loadersAsText.length === 0 || files.length === 0 || !startsWorkers(file.code)) return []
  const list = files.map(({ fileName }) => fileName).join(', ')
  return [
    {
      code: 'loader-as-text',
      message:
        `${list}: comes from Cross-Origin Storage where the scripts of this build load it themselves, but ${file.fileName} also carries a loader as the text ` +
        `of a worker, which is out of reach and downloads what it loads. ${adviceForText}; if the page does not start that worker, all is well.`,
    },
  ]
}

function startsWorkers(code: string): boolean {
  return /\bWorker\b/.test(code) && /createObjectURL|data:/.test(code)
}
