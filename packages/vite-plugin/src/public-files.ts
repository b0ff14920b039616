import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { posix, resolve } from 'node:path'
import type { WasmFile } from '@wasm-cos/core'
import type { ResolvedConfig } from 'vite'
import { glob } from 'tinyglobby'
import { isAstro } from './astro.ts'

/**
 * Reads the wasm files in `publicDir`, which Vite copies beside the bundle.
 *
 * @see https://vite.dev/guide/assets#the-public-directory
 */
export async function readPublicFiles({ publicDir, build, plugins }: ResolvedConfig): Promise<WasmFile[]> {
  // Astro copies it to the same place in its other build.
  const isCopied = build.copyPublicDir || isAstro(plugins)
  return publicDir === '' || !isCopied ? [] : readWasmFiles(publicDir)
}

/**
 * Reads the wasm files of a folder that is copied into the output.
 *
 * @param folder Its absolute path; there need not be one.
 * @param target Path within the output, with forward slashes; empty for the output itself.
 */
export async function readWasmFiles(folder: string, target = ''): Promise<WasmFile[]> {
  // Many applications have none: to find nothing takes the glob some milliseconds.
  if (!existsSync(folder)) return []
  const names = await glob('**/*.wasm', { cwd: folder, dot: true })
  return Promise.all(
    names.toSorted().map((name) => readPublicFile(resolve(folder, name), posix.join(target, name))),
  )
}

async function readPublicFile(path: string, fileName: string): Promise<WasmFile> {
  const bytes = await readFile(path)
  return { type: 'wasm', fileName, bytes, sources: [{ path, bytes }] }
}
