import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import type { Content, MeasuredSourceFile } from './output.ts'

/** Hashes the files that others were made from. */
export async function measureSources(paths: Iterable<string>): Promise<MeasuredSourceFile[]> {
  return (await Promise.all(Array.from(paths, measureSource))).flat()
}

/** A module need not be a file: what another plugin made up has no source to read. */
async function measureSource(path: string): Promise<MeasuredSourceFile[]> {
  try {
    return [{ path, ...(await measureFile(path)) }]
  } catch {
    return []
  }
}

/**
 * Hashes a file on disk, piece by piece: buffers of many megabytes make V8 collect garbage, which takes long in the heap
 * of a bundler that is written in JavaScript.
 */
export async function measureFile(path: string): Promise<Content> {
  const file = await open(path)
  try {
    const digest = createHash('sha256')
    const piece = Buffer.allocUnsafe(2 ** 20)
    let size = 0
    for (;;) {
      const { bytesRead } = await file.read(piece, 0, piece.length)
      if (bytesRead === 0) break
      digest.update(piece.subarray(0, bytesRead))
      size += bytesRead
    }
    return { size, hash: { algorithm: 'SHA-256', value: digest.digest('hex') } }
  } finally {
    await file.close()
  }
}
