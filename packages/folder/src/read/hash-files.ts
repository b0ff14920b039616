import { stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import type { ContentId } from '@wasm-cos/core'
import type { Tinypool } from 'tinypool'
import hashDelivered, { type FileToHash } from './hash-file.ts'
import type { Progress } from '../progress.ts'

/** From how many bytes on workers pay: fewer are hashed before a worker has started. */
const worthWorkers = 100_000_000

/** Sizes and hashes of files, however large: in parallel, without holding them in memory. */
export async function hashFiles(files: FileToHash[], progress?: Progress): Promise<ContentId[]> {
  const sizes = await Promise.all(files.map(async ({ path }) => (await stat(path)).size))
  const total = sizes.reduce((sum, size) => sum + size, 0)
  const pool = files.length > 1 && total > worthWorkers ? await startPool(files.length) : undefined
  let hashed = 0
  const hash = async (file: FileToHash, index: number): Promise<ContentId> => {
    const content: ContentId = pool === undefined ? await hashDelivered(file) : await pool.run(file)
    hashed += sizes[index]!
    progress?.(`Hashing ${megabytes(hashed)} of ${megabytes(total)} MB`)
    return content
  }
  try {
    if (pool !== undefined) return await Promise.all(files.map(hash))
    const contents: ContentId[] = []
    for (const [index, file] of files.entries()) contents.push(await hash(file, index))
    return contents
  } finally {
    await pool?.destroy()
  }
}

async function startPool(tasks: number): Promise<Tinypool> {
  const { Tinypool } = await import('tinypool')
  const threads = Math.min(availableParallelism(), tasks)
  const filename = new URL('./hash-file.js', import.meta.url).href
  return new Tinypool({ filename, minThreads: threads, maxThreads: threads })
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0)
}
