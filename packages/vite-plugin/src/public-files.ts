import { existsSync } from 'node:fs'
import { posix, resolve } from 'node:path'
import type { HashedWasmFile } from '@wasm-cos/core'
import { hashSources } from '@wasm-cos/core/setup'
import type { Bundler } from '@wasm-cos/rollup-plugin/bundle-plugin'
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
  return isPublicDirCopied({ publicDir, build, plugins }) ? readWasmFiles(publicDir) : []
}

/** The folder with public files that Vite is told not to copy, if there is one: who copies or serves it is not known. */
export function uncopiedPublicFolder(
  config: ResolvedConfig,
): ReturnType<NonNullable<Bundler['publicFolder']>> {
  const path = config.publicDir === '' ? resolve(config.root, 'public') : config.publicDir
  if (isPublicDirCopied(config) || !existsSync(path)) return undefined
  return { path, of: 'perhaps your framework or server', build: 'the build', isServed: false }
}

function isPublicDirCopied({
  publicDir,
  build,
  plugins,
}: Pick<ResolvedConfig, 'publicDir' | 'build' | 'plugins'>): boolean {
  // Astro copies it to the same place in its other build.
  return publicDir !== '' && (build.copyPublicDir || isAstro(plugins))
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
    return sources.map(({ size, hash, noWasm }): HashedWasmFile => {
      const content = noWasm === undefined ? { size, hash } : { size, hash, noWasm }
      return { type: 'wasm', fileName: posix.join(target, name), ...content, sources }
    })
  })
  return (await Promise.all(files)).flat()
}
