import type { BuildOptions } from 'esbuild'
import wasmCos, { type WasmCosOptions } from '../index.ts'
import type { Project } from './project.ts'

/** Options of a build of `src/main.js` into `dist`. */
export function buildOptions(
  project: Project,
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

/** The SHA-256 constants in a script. */
export function embeddedHashes(code: string): string[] {
  return Array.from(code.matchAll(/algorithm:"SHA-256",value:"(\w{64})"/g), ([, hash]) => hash!)
}

/** The position of a text in a script, as source maps count: lines from 1, columns from 0. */
export function positionOf(code: string, text: string): { line: number; column: number } {
  const before = code.slice(0, code.indexOf(text)).split('\n')
  return { line: before.length, column: before.at(-1)!.length }
}
