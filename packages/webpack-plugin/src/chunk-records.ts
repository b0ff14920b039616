import type { Chunk, Compilation } from './webpack-like.ts'

/**
 * Reads from the bundler's records which wasm files the scripts of a compilation need, besides those that they name:
 * the runtime puts the name of an imported wasm module together only when it runs.
 *
 * @returns For each script whose chunk needs wasm, by asset name: that wasm, and the scripts that may load it in its
 * place because they can be on a page with it.
 */
export function readChunkRecords(
  { chunks }: Compilation,
  isWasm: (name: string) => boolean,
): Map<string, string[]> {
  const needing = [...chunks].filter((chunk) => filesOf(chunk).some(isWasm))
  const records = new Map<string, string[]>()
  if (needing.length === 0) return records

  const referenced = new Map([...chunks].map((chunk) => [chunk, new Set(chunk.getAllReferencedChunks())]))
  const areTogether = (one: Chunk, other: Chunk) =>
    referenced.get(one)!.has(other) || referenced.get(other)!.has(one)
  for (const chunk of needing) {
    const neighbours = [...chunks].filter((other) => other !== chunk && areTogether(chunk, other))
    const scripts = neighbours.flatMap(({ files }) => Array.from(files)).filter((name) => !isWasm(name))
    const needed = [...filesOf(chunk).filter(isWasm), ...scripts]
    for (const name of chunk.files) records.set(name, needed)
  }
  return records
}

/** webpack counts a wasm module's file among the auxiliary ones, Rspack does not. */
function filesOf({ files, auxiliaryFiles }: Chunk): string[] {
  return [...files, ...auxiliaryFiles]
}
