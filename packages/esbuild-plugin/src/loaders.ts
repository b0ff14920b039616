import { basename } from 'node:path'
import type { BuildOptions, Loader } from 'esbuild'

/**
 * The loader that the options of a build give a file: that of its longest extension that has one. Undefined where they say nothing.
 *
 * @see https://esbuild.github.io/api/#loader
 */
export function loaderOf(path: string, { loader: loaders = {} }: BuildOptions): Loader | undefined {
  const [, ...parts] = basename(path).split('.')
  const extensions = parts.map((_, index) => `.${parts.slice(index).join('.')}`)
  return extensions.map((extension) => loaders[extension]).find((loader) => loader !== undefined)
}
