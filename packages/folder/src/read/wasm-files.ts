/** A wasm file as the server of a folder delivers it. */
export interface ShippedWasm {
  /** The path that is asked for. */
  fileName: string
  /** The file on disk: only its compressed form may be there. */
  onDisk: string
}

/**
 * The name of a wasm file: `.wasm`, or `.wasm.unityweb`, which is Unity's name for one that Unity's loader
 * decompresses.
 */
const wasmName = /\.wasm(\.unityweb)?$/

/**
 * The name of a compressed wasm file: servers deliver it under its name without the ending, or with `Content-Encoding`.
 */
const compressedName = /\.wasm\.(br|gz)$/

/**
 * Finds the wasm files of a folder. One that is there only compressed is asked for by the name that the folder's texts
 * have: with its ending (Unity), or without, where the server chooses the file.
 *
 * @param fileNames Every file, sorted.
 */
export function findWasmFiles(fileNames: string[], texts: Map<string, string>): ShippedWasm[] {
  const plain = fileNames
    .filter((name) => wasmName.test(name))
    .map((name) => ({ fileName: name, onDisk: name }))
  const known = new Set(plain.map(({ fileName }) => fileName))
  for (const onDisk of fileNames.filter((name) => compressedName.test(name))) {
    const base = onDisk.slice(onDisk.lastIndexOf('/') + 1)
    const isAskedFor = [...texts.values()].some((text) => text.includes(base))
    const fileName = isAskedFor ? onDisk : onDisk.replace(/\.\w+$/, '')
    // Beside the file itself it is a copy, and .br and .gz are copies of each other.
    if (known.has(onDisk.replace(/\.\w+$/, '')) || known.has(fileName)) continue
    known.add(fileName)
    plain.push({ fileName, onDisk })
  }
  return plain
}
