import { posix } from 'node:path'
import type { HashPosition } from '@wasm-cos/core'
import { hashFinder, hashPositionOf } from '@wasm-cos/core/setup'
import type { Plugin, ResolvedConfig } from 'vite'

const name = 'wasm-cos:worker-names'

/** What Vite has bundled for workers. None is ever removed: Vite may reuse the bundle of a worker in later builds. */
export class WorkerFiles {
  /** The names of chunks, which are assets in the bundle of the page. */
  readonly chunks: Set<string> = new Set()
  /** The files that assets were made from, as Vite names them, by the names of the assets. In the page's bundle, they are not told. */
  readonly originals: Map<string, readonly string[]> = new Map()
}

/**
 * Makes a plugin for Vite's own bundling of workers, which collects what is in their bundles. In the bundle of the page their
 * chunks are assets, and so are scripts that other plugins emit: only the names of workers may change with their content, for
 * pages may ask for the others by the names that they have.
 */
export function workerNamesPlugin({ chunks, originals }: WorkerFiles): Plugin {
  return {
    name,
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type === 'chunk') chunks.add(file.fileName)
          else originals.set(file.fileName, file.originalFileNames)
        }
      },
    },
  }
}

/** Whether these plugins are those of a worker whose page is built with wasm-cos. */
export function isEditedWithPage(plugins: readonly Plugin[]): boolean {
  return plugins.some((plugin) => plugin.name === name)
}

/**
 * Finds the content hash in the names of workers and their chunks, from the templates that Vite makes them of; where a
 * function makes the template, in what looks like a hash.
 *
 * @see https://vite.dev/config/worker-options
 */
export function workerHashFinder({
  build,
  worker,
}: ResolvedConfig): (fileName: string) => HashPosition | undefined {
  const [output = {}] = [worker.rollupOptions.output].flat()
  const finders = [output.entryFileNames, output.chunkFileNames].flatMap((template) => {
    if (typeof template === 'function') return hashPositionOf
    return hashFinder(inAssetsDir(template, build.assetsDir), String.raw`[\w-]`, 8) ?? []
  })
  return (fileName) => finders.map((find) => find(fileName)).find((found) => found !== undefined)
}

/** Puts Vite's default template into the folder for assets, as Vite does. */
function inAssetsDir(template = '[name]-[hash].js', assetsDir: string): string {
  return template === '[name]-[hash].js' && assetsDir !== '' ? posix.join(assetsDir, template) : template
}
