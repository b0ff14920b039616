import { existsSync } from 'node:fs'
import { posix, resolve } from 'node:path'
import type { HashedWasmFile } from '@wasm-cos/core'
import { hashSources } from '@wasm-cos/core/setup'
import type { ResolvedConfig } from 'vite'
import { glob } from 'tinyglobby'
import { isAstro } from './astro.ts'

/**
 * Hashes the wasm files in `publicDir`, which Vite copies beside the bundle.
 *
 * @see https://vite.dev/guide/assets#the-public-directory
 */
export async function readPublicFiles({
  publicDir,
  build,
  plugins,
}: ResolvedConfig): Promise<HashedWasmFile[]> {
  // Astro copies it to the same place in its other build.
  const isCopied = build.copyPublicDir || isAstro(plugins)
  return publicDir === '' || !isCopied ? [] : readWasmFiles(publicDir)
}

/**
 * Hashes the wasm files of a folder that is copied into the output.
 *
 * @param folder Its absolute path; there need not be one.
 * @param target Path within the output, with forward slashes; empty for the output itself.
 */
export async function readWasmFiles(folder: string, target = ''): Promise<HashedWasmFile[]> {
  // Many applications have none: to find nothing takes the glob some milliseconds.
  if (!existsSync(folder)) return []
  const names = await glob('**/*.wasm', { cwd: folder, dot: true })
  const files = names.toSorted().map(async (name) => {
    const sources = await hashSources([resolve(folder, name)])
    return sources.map(({ size, hash }): HashedWasmFile => {
      return { type: 'wasm', fileName: posix.join(target, name), size, hash, sources }
    })
  })
  return (await Promise.all(files)).flat()
}
