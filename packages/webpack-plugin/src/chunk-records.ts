import type { Chunk, Compilation } from './webpack-types.ts'

/**
 * Reads from the bundler's records which wasm files the scripts of a compilation need, besides those that they name:
 * the runtime puts the name of an imported wasm module together only when it runs.
 *
 * @param mayLoad Whether a script may load wasm, for itself or for others.
 * @returns For each script whose chunk needs wasm, by asset name: that wasm, and the scripts that may load it in its
 * place because they can be on a page with it.
 */
export function readChunkRecords(
  { chunks }: Compilation,
  isWasm: (name: string) => boolean,
  mayLoad: (name: string) => boolean,
): Map<string, string[]> {
  const needsWasm = (chunk: Chunk) => filesOf(chunk).some(isWasm)
  // Asking the bundler for the neighbours of every chunk would take long where there are thousands.
  const concerned = [...chunks].filter((chunk) => needsWasm(chunk) || [...chunk.files].some(mayLoad))
  const referenced = new Map(
    concerned.map((chunk) => [chunk, new Set(chunk.getAllReferencedChunks())] as const),
  )
  const areTogether = (one: Chunk, other: Chunk) =>
    one !== other && (referenced.get(one)!.has(other) || referenced.get(other)!.has(one))

  const records = new Map<string, string[]>()
  for (const chunk of concerned.filter(needsWasm)) {
    const neighbours = concerned.filter((other) => areTogether(chunk, other))
    const scripts = neighbours.flatMap(({ files }) => Array.from(files)).filter((name) => !isWasm(name))
    const needed = [...filesOf(chunk).filter(isWasm), ...scripts]
    for (const name of chunk.files) records.set(name, needed)
  }
  return records
}

/** All files of a chunk. webpack counts the file of a wasm module among the auxiliary ones, Rspack does not. */
function filesOf({ files, auxiliaryFiles }: Chunk): string[] {
  return [...files, ...auxiliaryFiles]
}

/**
 * Finds the scripts of workers: the runtime puts their names together, so that no chunk names them.
 *
 * @returns Asset names.
 */
export function workersOf({ chunks, entrypoints }: Compilation): Set<string> {
  const ofEntries = new Set([...entrypoints.values()].flatMap((entry) => entry.getFiles()))
  const isWorker = (chunk: Chunk) =>
    chunk.hasRuntime() && [...chunk.files].every((name) => !ofEntries.has(name))
  const workers = [...chunks].filter(isWorker)
  return new Set(
    workers.flatMap((chunk) => [...chunk.getAllReferencedChunks()].flatMap((one) => [...one.files])),
  )
}
