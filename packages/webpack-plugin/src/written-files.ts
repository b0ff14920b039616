import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { HashedFile, Pieces, WrittenOutput } from '@wasm-cos/core'
import type { Compilation, Compiler, OutputFileSystem } from './webpack-like.ts'

/** What a compilation has written, on whatever file system. */
export function writtenOutput(
  { outputPath, outputFileSystem }: Compiler,
  compilation: Compilation,
  files: HashedFile[],
): WrittenOutput {
  const folder = compilation.getPath(outputPath, {})
  return {
    files,
    advice: 'Change wasm files at PROCESS_ASSETS_STAGE_OPTIMIZE_SIZE or before',
    readWritten: (fileName) => readOutputFile(outputFileSystem!, join(folder, fileName)),
  }
}

/** Of a file that is read as a stream, only a piece is in memory; not every file system has streams. */
async function readOutputFile(fileSystem: OutputFileSystem, path: string): Promise<Pieces> {
  if (fileSystem.createReadStream === undefined) return [await readWhole(fileSystem, path)]
  const stream = fileSystem.createReadStream(path, { highWaterMark: 2 ** 18 } as never)
  // As memory-fs has them: https://nodejs.org/api/stream.html#readablewrapstream
  const isOldStyle = !(Symbol.asyncIterator in stream)
  return isOldStyle ? new Readable().wrap(stream) : (stream as AsyncIterable<Buffer>)
}

function readWhole(fileSystem: OutputFileSystem, path: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    fileSystem.readFile(path, (error, content) => {
      if (content === undefined) reject(error)
      else resolve(typeof content === 'string' ? Buffer.from(content) : content)
    })
  })
}
