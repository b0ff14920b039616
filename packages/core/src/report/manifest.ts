import { integrityOf } from '../hash/hash.ts'
import type { HashedFile, Origins, WasmHash } from '../output.ts'
import { storageHeader } from './storage-header.ts'

/** One wasm file in {@link Manifest}. */
export interface ManifestFile {
  /** Path within the output. */
  file: string
  hash: WasmHash
  /** The hash as Subresource Integrity writes it: `sha256-<base64>`. */
  integrity: string
  /** Bytes. */
  size: number
  /** Who may read what a page stores; `[]`: same-site origins. */
  origins: Origins
  /** Whether the hash is on the Public Hash List; absent without a list. */
  isListed?: boolean
  /** The chunks that answer for it, by path within the output. */
  chunks: string[]
  /** The module or file it was made from, if the bundler knows. */
  source?: string
}

/** What a build shares: the content of `wasm-cos.manifest.json`. */
export interface Manifest {
  version: 1
  files: ManifestFile[]
  /** Response headers that the pages need, by name; absent where they need none. */
  headers?: Record<string, string>
}

/**
 * Describes what was done.
 *
 * @param carried The files whose hashes each script carries, by the script's name.
 * @param earlierOrigins Who may read the files that scripts of an earlier run store for others, by the file's name.
 * @param listed The hashes that are on the Public Hash List; undefined without a list.
 */
export function createManifest(
  files: HashedFile[],
  carried: Map<string, HashedFile[]>,
  earlierOrigins: Map<string, Origins>,
  listed: Set<string> | undefined,
  sourceName: (path: string) => string,
): Manifest {
  const described = files.map((file) => ({
    ...describe(file, carried, sourceName),
    origins: earlierOrigins.get(file.fileName) ?? file.origins,
    ...(listed && { isListed: listed.has(file.hash.value) }),
  }))
  return manifestOf(described)
}

/** A manifest of these files, with the headers that pages need for them. */
export function manifestOf(files: ManifestFile[]): Manifest {
  const header = storageHeader(files.map(({ origins }) => origins))
  return { version: 1, files, ...(header && { headers: { [header.name]: header.value } }) }
}

function describe(
  file: HashedFile,
  carried: Map<string, HashedFile[]>,
  sourceName: (path: string) => string,
): Omit<ManifestFile, 'origins' | 'isListed'> {
  const [source] = file.sources
  const described = {
    file: file.fileName,
    hash: file.hash,
    integrity: integrityOf(file.hash),
    size: file.size,
    chunks: [...carried].filter(([, files]) => files.includes(file)).map(([fileName]) => fileName),
  }
  return source === undefined ? described : { ...described, source: sourceName(source.path) }
}
