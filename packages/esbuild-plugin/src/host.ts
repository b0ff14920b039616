import type { Host } from '@wasm-cos/core'
import { absoluteUrl } from '@wasm-cos/core'
import { stayingInWords } from '@wasm-cos/core/setup'
import type { BuildOptions, Metafile, OutputFile } from 'esbuild'
import { hashFinderOf } from './names.ts'
import type { OutputFolder } from './output-folder.ts'
import { readOutput } from './read.ts'
import { stayingFiles } from './staying-files.ts'
import { changeFiles, createOutputFile } from './write.ts'

/** esbuild as a host, for the output that it hands over when a build ends. */
export interface EsbuildHost extends Host {
  /** The warnings so far: esbuild takes them when the callback ends. */
  readonly warnings: string[]
  readonly errors: string[]
}

/** Makes the host of an output. Its files are changed in place, and emitted files are added to them. */
export function hostOf(
  files: OutputFile[],
  metafile: Metafile,
  options: BuildOptions,
  folder: OutputFolder,
): EsbuildHost {
  const warnings: string[] = []
  const errors: string[] = []
  const { logLevel = '' } = options
  const print = (report: string): void => {
    if (['info', 'debug', 'verbose'].includes(logLevel)) console.error(report)
  }
  const emitted = new Map(files.map((file) => [folder.fileNameOf(file.path), file]))
  return {
    warnings,
    errors,
    root: folder.root,
    folder: folder.path,
    publicUrl: absoluteUrl(options.publicPath),
    // Builds for Node have another host: server-build.ts.
    read: () => readOutput(files, metafile, folder, options),
    fileNames: () => emitted.keys(),
    contentOf: (fileName) => emitted.get(fileName)?.contents,
    hashPositionOf: hashFinderOf(options, metafile, folder),
    edit(changes) {
      const staying = stayingFiles(emitted, changes.fileNames.keys(), metafile, folder)
      changeFiles(emitted, changes, folder)
      files.push(...staying)
      if (staying.length > 0) print(stayingInWords(staying.map(({ path }) => folder.fileNameOf(path))))
    },
    emit: (fileName, text) => void files.push(createOutputFile(folder.pathOf(fileName), text)),
    warn: (message) => void warnings.push(message),
    fail: (messages) => void errors.push(...messages),
    print,
  }
}
