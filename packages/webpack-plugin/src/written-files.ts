import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { Content, HashedFile } from '@wasm-cos/core'
import { measureBytes, measurePieces } from '@wasm-cos/core/setup'
import type { Compilation, Compiler, OutputFileSystem } from './webpack-like.ts'

/**
 * Compares what was written with the hashes that were embedded.
 *
 * @returns What is wrong with each file that differs or is missing, as messages for the user.
 */
export async function checkWrittenFiles(
  compiler: Compiler,
  compilation: Compilation,
  files: HashedFile[],
): Promise<string[]> {
  const folder = compilation.getPath(compiler.outputPath, {})
  const messages = await Promise.all(files.map((file) => checkFile(compiler, folder, file)))
  return messages.filter((message) => message !== undefined)
}

async function checkFile(
  compiler: Compiler,
  folder: string,
  { fileName, hash }: HashedFile,
): Promise<string | undefined> {
  try {
    const content = await measureOutputFile(compiler, join(folder, fileName))
    if (content.hash.value === hash.value) return undefined
  } catch (error) {
    return `${fileName} cannot be read from the output (${(error as Error).message}): a later step removed it, although chunks carry its hash.`
  }
  return (
    `${fileName} was changed after its hash was embedded: a later plugin or step rewrote it. ` +
    'Change wasm files at PROCESS_ASSETS_STAGE_OPTIMIZE_SIZE or before, or run "npx wasm-cos repair" after the build.'
  )
}

/** Of a file that is read as a stream, only a piece is in memory; not every file system has streams. */
async function measureOutputFile({ outputFileSystem }: Compiler, path: string): Promise<Content> {
  const { createReadStream } = outputFileSystem!
  if (createReadStream === undefined) return measureBytes(await readOutputFile(outputFileSystem!, path))
  const stream = createReadStream.call(outputFileSystem, path, { highWaterMark: 2 ** 18 } as never)
  // As memory-fs has them: https://nodejs.org/api/stream.html#readablewrapstream
  const isOldStyle = !(Symbol.asyncIterator in stream)
  return measurePieces(isOldStyle ? new Readable().wrap(stream) : (stream as AsyncIterable<Buffer>))
}

function readOutputFile(fileSystem: OutputFileSystem, path: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    fileSystem.readFile(path, (error, content) => {
      if (content === undefined) reject(error)
      else resolve(typeof content === 'string' ? Buffer.from(content) : content)
    })
  })
}
