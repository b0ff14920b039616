import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { WasmFile } from '@wasm-cos/core'
import type { ResolvedConfig } from 'vite'
import { glob } from 'tinyglobby'

/**
 * Reads the wasm files in `publicDir`, which Vite copies beside the bundle.
 *
 * @see https://vite.dev/guide/assets#the-public-directory
 */
export async function readPublicFiles({ publicDir, build }: ResolvedConfig): Promise<WasmFile[]> {
  // Many applications have none: to find nothing takes the glob some milliseconds.
  if (publicDir === '' || !build.copyPublicDir || !existsSync(publicDir)) return []
  const names = await glob('**/*.wasm', { cwd: publicDir, dot: true })
  return Promise.all(names.toSorted().map((name) => readPublicFile(resolve(publicDir, name), name)))
}

async function readPublicFile(path: string, fileName: string): Promise<WasmFile> {
  const bytes = await readFile(path)
  return { type: 'wasm', fileName, bytes, sources: [{ path, bytes }] }
}
