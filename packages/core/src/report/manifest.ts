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
  /**
   * Where its package is on the web, by a URL in a chunk that names the file: what a library loads from there, as some do unless
   * they are told otherwise, is not this file.
   */
  alsoAt?: string
  /** `false` if no script names it: its chunks answer for it in case that they make its URL when they run. */
  isNamed?: false
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

/** What is known of the files of a manifest besides themselves. */
interface Known {
  /** The files whose hashes each script carries, by the script's name. */
  carried: Map<string, HashedFile[]>
  /** The names of the files that scripts name. */
  named: Set<string>
  /** Who may read the files that scripts of an earlier run store for others, by the file's name. */
  earlierOrigins: Map<string, Origins>
  /** The hashes that are on the Public Hash List; undefined without a list. */
  listed: Set<string> | undefined
  /** Where scripts name the packages of files on the web, by the file's name. */
  packageUrls: ReadonlyMap<string, string>
  /** Writes the path of a source file. */
  sourceName: (path: string) => string
}

/** Describes the files of a build and who answers for them. */
export function createManifest(files: HashedFile[], known: Known): Manifest {
  const { earlierOrigins, listed } = known
  const described = files.map((file) => ({
    ...describe(file, known),
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

/** A manifest with other names of its files and chunks; those that get the same name are one. */
export function renameInManifest(manifest: Manifest, nameOf: (fileName: string) => string): Manifest {
  const files = manifest.files.map((row) => ({
    ...row,
    file: nameOf(row.file),
    chunks: [...new Set(row.chunks.map(nameOf))],
  }))
  return { ...manifest, files }
}

/** The text of a manifest as it is written. */
export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify(manifest, undefined, 2)}\n`
}

/** The manifest that a text is; undefined if it is something else. */
export function parseManifest(text: string): Manifest | undefined {
  try {
    const manifest = JSON.parse(text) as Manifest
    return manifest.version === 1 && Array.isArray(manifest.files) ? manifest : undefined
  } catch {
    return undefined
  }
}

function describe(
  file: HashedFile,
  { carried, named, packageUrls, sourceName }: Known,
): Omit<ManifestFile, 'origins' | 'isListed'> {
  const [source] = file.sources
  const alsoAt = packageUrls.get(file.fileName)
  const described = {
    file: file.fileName,
    hash: file.hash,
    integrity: integrityOf(file.hash),
    size: file.size,
    chunks: [...carried]
      .filter(([, files]) => files.includes(file))
      .map(([fileName]) => fileName)
      .toSorted(),
    ...(alsoAt !== undefined && { alsoAt }),
    ...(!named.has(file.fileName) && { isNamed: false as const }),
  }
  return source === undefined ? described : { ...described, source: sourceName(source.path) }
}
