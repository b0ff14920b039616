import { dirname, relative, resolve } from 'node:path'
import type { BuildOptions } from 'esbuild'

/** Where a build's files are, by each of the names that esbuild has for them. */
export interface OutputFolder {
  /** The folder that the metafile's names start from. */
  root: string
  /** The folder that the output goes to. */
  path: string
  /** A path of esbuild's `outputFiles` as a path within the output, with forward slashes. */
  fileNameOf: (path: string) => string
  /** A path within the output as one of esbuild's `outputFiles`. */
  pathOf: (fileName: string) => string
  /** A path of esbuild's `outputFiles` as the metafile writes it. */
  recordNameOf: (path: string) => string
}

/** Reads from the options where the output is. */
export function outputFolderOf({ absWorkingDir, outdir, outfile }: BuildOptions): OutputFolder {
  const root = absWorkingDir ?? process.cwd()
  const path = resolve(root, outdir ?? (outfile === undefined ? '.' : dirname(outfile)))
  return {
    root,
    path,
    fileNameOf: (file) => withSlashes(relative(path, resolve(root, file))),
    pathOf: (fileName) => resolve(path, fileName),
    recordNameOf: (file) => withSlashes(relative(root, resolve(root, file))),
  }
}

function withSlashes(path: string): string {
  return path.replaceAll('\\', '/')
}
