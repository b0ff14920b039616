import type * as esbuildTypes from 'esbuild'
import type { BuildOptions, BuildResult } from 'esbuild'
import wasmCos, { type WasmCosOptions } from '../index.ts'
import type { Project } from './project.ts'

/** Options of a build of `src/main.js` into `dist`. */
export function buildOptions(
  project: Pick<Project, 'folder'>,
  options: BuildOptions = {},
  wasmCosOptions?: WasmCosOptions | false,
): BuildOptions {
  return {
    absWorkingDir: project.folder,
    entryPoints: ['src/main.js'],
    outdir: 'dist',
    bundle: true,
    loader: { '.wasm': 'file' },
    logLevel: 'silent',
    plugins: wasmCosOptions === false ? [] : [wasmCos(wasmCosOptions)],
    ...options,
  }
}

/** Builds with one of the versions. */
export function build(
  esbuild: Pick<typeof esbuildTypes, 'build'>,
  project: Project,
  options?: BuildOptions,
  wasmCosOptions?: WasmCosOptions | false,
): Promise<BuildResult> {
  return esbuild.build(buildOptions(project, options, wasmCosOptions))
}
