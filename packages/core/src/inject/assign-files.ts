import type { HashedFile } from '../output.ts'
import type { ScannedScript } from '../scan/scan.ts'

/**
 * Decides which script answers for which files. A script *loads* if it refers to the global `fetch` and mentions
 * `WebAssembly` or refers to a wasm file. It answers for the files it refers to, and for those that other scripts
 * refer to without being sure to load them themselves.
 */
export function assignFiles(scripts: ScannedScript[], files: HashedFile[]): Map<ScannedScript, HashedFile[]> {
  const wasmNames = new Set(files.map(({ fileName }) => fileName))
  const refersToWasm = ({ refersTo }: ScannedScript) => [...refersTo].some((name) => wasmNames.has(name))
  const loaders = scripts.filter(
    (script) => script.fetchReferences.length > 0 && (script.mentions.webAssembly || refersToWasm(script)),
  )
  const loaderNames = new Set(loaders.map(({ file }) => file.fileName))

  /** It fetches and compiles itself, and refers to no other script that could do so in its place. */
  const keepsItsFiles = ({ file, refersTo, mentions }: ScannedScript) =>
    loaderNames.has(file.fileName) &&
    mentions.webAssembly &&
    ![...refersTo].some((name) => name !== file.fileName && loaderNames.has(name))

  const isShared = (fileName: string): boolean => {
    const importers = scripts.filter(({ refersTo }) => refersTo.has(fileName))
    return importers.length === 0 || !importers.every(keepsItsFiles)
  }

  const shared = new Set([...wasmNames].filter(isShared))
  return new Map(
    loaders.map((script) => {
      const own = files.filter(({ fileName }) => shared.has(fileName) || script.refersTo.has(fileName))
      return [
        script,
        files.filter((file) => own.includes(file) || own.some((other) => endsWith(file, other))),
      ]
    }),
  )
}

/** Whether a request for a file would also match the name of another, so that the stub has to know both. */
function endsWith(file: HashedFile, other: HashedFile): boolean {
  return file.fileName.endsWith(`/${other.fileName}`)
}
