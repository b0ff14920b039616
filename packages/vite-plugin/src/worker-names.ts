import type { HashPosition } from '@wasm-cos/core'
import { hashFinder, hashPositionOf } from '@wasm-cos/core/setup'
import type { Plugin, ResolvedConfig } from 'vite'

const name = 'wasm-cos:worker-names'

/**
 * Makes a plugin for Vite's own bundling of workers, which collects the names of their chunks. In the bundle of the page these
 * chunks are assets, and so are scripts that other plugins emit: only the names of workers may change with their content, for
 * pages may ask for the others by the names that they have.
 *
 * @param fileNames Gets the names. They are never removed: Vite may reuse the bundle of a worker in later builds.
 */
export function workerNamesPlugin(fileNames: Set<string>): Plugin {
  return {
    name,
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        for (const file of Object.values(bundle)) if (file.type === 'chunk') fileNames.add(file.fileName)
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
  return template === '[name]-[hash].js' && assetsDir !== '' ? `${assetsDir}/${template}` : template
}
