import { webcrypto } from 'node:crypto'
import { contentOf } from './content.ts'
import { hashOf } from './hash.ts'
import type { Content, MeasuredSourceFile, OutputFile, SourceFile, WasmFile } from './output.ts'

/** A source of which both the bytes and the hash are known. */
export interface ReadSourceFile extends SourceFile, Content {}

/** Hashes sources, on threads of their own. */
export function measureSources(sources: SourceFile[]): Promise<ReadSourceFile[]> {
  return Promise.all(sources.map(async (source) => Object.assign({}, source, await measure(source.bytes))))
}

/**
 * Hashes the wasm files of an output and what they were made from, on threads of their own, so that `processOutput`
 * need not. What is the same byte for byte is hashed once: to compare is much faster.
 *
 * @param known Sources that were hashed before.
 */
export function measureFiles(output: OutputFile[], known: ReadSourceFile[] = []): Promise<OutputFile[]> {
  return Promise.all(
    output.map((file) => (file.type === 'wasm' && 'bytes' in file ? measureWasm(file, known) : file)),
  )
}

async function measureWasm({ bytes, ...file }: WasmFile, known: ReadSourceFile[]): Promise<OutputFile> {
  const content = contentOf(findSame(bytes, known) ?? (await measure(bytes)))
  const sources = file.sources.map(async ({ path, ...source }): Promise<MeasuredSourceFile> => {
    if ('hash' in source) return { path, ...contentOf(source) }
    const isSame = Buffer.compare(source.bytes, bytes) === 0
    return {
      path,
      ...(isSame ? content : contentOf(findSame(source.bytes, known) ?? (await measure(source.bytes)))),
    }
  })
  return { ...file, ...content, sources: await Promise.all(sources) }
}

function findSame(bytes: Uint8Array, known: ReadSourceFile[]): ReadSourceFile | undefined {
  return known.find((source) => source.size === bytes.byteLength && Buffer.compare(source.bytes, bytes) === 0)
}

/** Bytes from which on it pays to hand a file to another thread. */
const worthAThread = 2 ** 20

async function measure(bytes: Uint8Array): Promise<Content> {
  if (bytes.byteLength < worthAThread) return { size: bytes.byteLength, hash: hashOf(bytes) }
  const digest = await webcrypto.subtle.digest('SHA-256', bytes)
  const value = Buffer.from(digest).toString('hex')
  return { size: bytes.byteLength, hash: { algorithm: 'SHA-256', value } }
}
