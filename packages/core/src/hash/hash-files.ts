import { webcrypto } from 'node:crypto'
import { contentIdFrom, contentIdOf } from './content-id.ts'
import { stillHolds } from './hash-sources.ts'
import type { ContentId, HashedSourceFile, HashedWasmFile, OutputFile, WasmFile } from '../output.ts'

/**
 * Hashes the wasm files of an output and what they were made from, on threads of their own, so that `processOutput`
 * need not. What is the same byte for byte is hashed once: to compare is much faster.
 *
 * @param candidates Files of the build. Bundlers don't say of every emitted file what it was made from: those of the same
 * content count as its sources.
 */
export function hashOutput(output: OutputFile[], candidates: HashedSourceFile[] = []): Promise<OutputFile[]> {
  return Promise.all(
    output.map(async (file) => {
      if (file.type !== 'wasm') return file
      return addSame('bytes' in file ? await hashWasm(file, candidates) : file, candidates)
    }),
  )
}

function addSame(file: HashedWasmFile, candidates: HashedSourceFile[]): HashedWasmFile {
  const paths = new Set(file.sources.map(({ path }) => path))
  const same = candidates.filter(({ hash, path }) => hash.value === file.hash.value && !paths.has(path))
  return { ...file, sources: [...file.sources, ...same] }
}

async function hashWasm(
  { bytes, ...file }: WasmFile,
  candidates: HashedSourceFile[],
): Promise<HashedWasmFile> {
  const hashed = file.sources.filter((source) => 'hash' in source)
  const same = findSame(bytes, [...hashed, ...candidates])
  const content = same === undefined ? await hashBytes(bytes) : contentIdOf(same)
  const sources = file.sources.map(async (source): Promise<HashedSourceFile> => {
    if ('hash' in source) return source
    const isSame = Buffer.compare(source.bytes, bytes) === 0
    return { path: source.path, ...(isSame ? content : await hashBytes(source.bytes)) }
  })
  return { ...file, ...content, sources: await Promise.all(sources) }
}

/** Finds the candidate that has these bytes and has not changed on disk since it was hashed. */
function findSame(bytes: Uint8Array, candidates: HashedSourceFile[]): HashedSourceFile | undefined {
  return candidates.find((candidate) => stillHolds(candidate, bytes))
}

/** Bytes from which on it pays to hand a file to another thread. */
const worthAThread = 2 ** 20

/** Hashes bytes, on another thread if they are many. */
async function hashBytes(bytes: Uint8Array): Promise<ContentId> {
  if (bytes.byteLength < worthAThread) return contentIdOf({ bytes })
  const digest = await webcrypto.subtle.digest('SHA-256', bytes)
  const value = Buffer.from(digest).toString('hex')
  return contentIdFrom(bytes.byteLength, { algorithm: 'SHA-256', value }, bytes)
}
