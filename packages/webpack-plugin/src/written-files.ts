import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { HashedFile, Pieces, WrittenOutput } from '@wasm-cos/core'
import { fileNameOf } from './asset-names.ts'
import type { Compilation, Compiler, OutputFileSystem } from './webpack-types.ts'

/** The output of a compilation as it was written, on whatever file system. */
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

/**
 * The folder that a compilation was written to.
 *
 * @returns Undefined where it is not on disk but in some other file system, and in watch mode.
 */
export async function folderOnDisk(
  { outputPath, outputFileSystem, watchMode }: Compiler,
  compilation: Compilation,
): Promise<string | undefined> {
  const folder = compilation.getPath(outputPath, {})
  const [asset] = compilation.getAssets()
  if (watchMode || asset === undefined || outputFileSystem?.stat === undefined) return undefined
  const path = join(folder, fileNameOf(asset.name))
  const written = await new Promise<FileTimes | undefined>((resolve) => {
    outputFileSystem.stat!(path, ((_: unknown, stats?: FileTimes) => resolve(stats)) as never)
  })
  const onDisk: FileTimes | undefined = await stat(path).catch(() => undefined)
  const isSame = onDisk !== undefined && written?.size === onDisk.size && written.mtimeMs === onDisk.mtimeMs
  return isSame ? folder : undefined
}

/** The numbers by which a file is recognised in two file systems. */
interface FileTimes {
  size: number
  mtimeMs: number
}

/** Reads a file piece by piece where the file system has streams, so that only a piece is in memory. */
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
