import { existsSync } from 'node:fs'
import { posix, resolve } from 'node:path'
import type { HashedWasmFile } from '@wasm-cos/core'
import { hashSources } from '@wasm-cos/core/setup'
import { fdir } from 'fdir'
import type { ResolvedConfig } from 'vite'
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
  if (!existsSync(folder)) return []
  // Links are followed, as Vite does. Not asynchronously, which takes longer.
  const names = new fdir()
    .withRelativePaths()
    .withPathSeparator('/')
    .withSymlinks({ resolvePaths: false })
    .filter((path) => path.endsWith('.wasm'))
    .crawl(folder)
    .sync()
  const files = names.toSorted().map(async (name) => {
    const sources = await hashSources([resolve(folder, name)])
    return sources.map(({ size, hash }): HashedWasmFile => {
      return { type: 'wasm', fileName: posix.join(target, name), size, hash, sources }
    })
  })
  return (await Promise.all(files)).flat()
}
