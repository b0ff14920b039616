/** A wasm file as the server of a folder delivers it. */
export interface ShippedWasm {
  /** The path that is asked for. */
  fileName: string
  /** The file on disk: only its compressed form may be there. */
  onDisk: string
  /** Whether `fetch` delivers what the file on disk is compressed from, since the server sends `Content-Encoding`. */
  isDecoded: boolean
}

/** The name of a file that holds wasm, compressed or not; `.wasm.unityweb` is Unity's for one that its loader decompresses. */
export const anyWasmName: RegExp = /\.wasm(\.(unityweb|zst|br|gz))?$/

/**
 * Finds the wasm files of a folder. What is there only compressed, without a file beside it that it is a copy of, is asked for
 * by the name that the folder's texts have: with its ending by scripts that decompress it, and by others, such as Unity's loader,
 * which have the server do that; or without, where the server chooses the file. No server has Zstandard alone, which not every browser
 * knows.
 *
 * @param fileNames Every file, sorted.
 */
export function findWasmFiles(fileNames: string[], texts: Map<string, string>): ShippedWasm[] {
  const all = new Set(fileNames)
  const found = new Map<string, ShippedWasm>()
  const compressed = new Set<string>()
  const names = fileNames.filter((name) => anyWasmName.test(name))
  // Few folders have wasm that may be there compressed alone: the texts of others are not searched.
  const searched = names.every((name) => name.endsWith('.wasm')) ? [] : [...texts.values()]
  // Names are joined at run time, too: `${name}.wasm.gz`.
  const named = ['.br', '.gz'].filter((ending) => searched.some((text) => text.includes(`.wasm${ending}`)))
  const mayDecompress = searched.some((text) => decompressor.test(text))
  // Its loader stands beside what Unity writes.
  const ofUnity = new Set(fileNames.filter((name) => name.endsWith('.loader.js')).map(folderOf))
  for (const onDisk of names) {
    const plain = onDisk.replace(/\.(br|gz|zst)$/, '')
    const isAskedFor = !/\.(br|gz)$/.test(onDisk) || named.some((ending) => onDisk.endsWith(ending))
    // Beside the file itself it is a copy, and .br and .gz are copies of each other.
    if (plain !== onDisk && (all.has(plain) || (compressed.has(plain) && !isAskedFor))) continue
    compressed.add(plain)
    const fileName = isAskedFor ? onDisk : plain
    const isDecoded = plain !== onDisk && (!isAskedFor || !mayDecompress || ofUnity.has(folderOf(onDisk)))
    found.set(fileName, { fileName, onDisk, isDecoded })
  }
  return [...found.values()]
}

/** What scripts decompress with. */
const decompressor = /DecompressionStream|inflate|gunzip|ungzip|unbrotli|brotli|decompress/i

/** The folder of a file, with a slash at its end. */
function folderOf(fileName: string): string {
  return fileName.slice(0, fileName.lastIndexOf('/') + 1)
}
