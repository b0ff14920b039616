import type { HashPosition } from '@wasm-cos/core'
import { hashFinder } from '@wasm-cos/core/setup'
import type { Plugin, ResolvedConfig } from 'vite'

/**
 * Runs where Vite bundles workers, and says what their chunks are called: a build has them as assets, like the scripts
 * that other plugins emit and that pages may look for under their names.
 *
 * @param fileNames Gets the names. Vite may keep a worker for later builds of the same instance, and so are they.
 */
export function workerNamesPlugin(fileNames: Set<string>): Plugin {
  return {
    name: 'wasm-cos:worker-names',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        for (const file of Object.values(bundle)) if (file.type === 'chunk') fileNames.add(file.fileName)
      },
    },
  }
}

/**
 * Finds the content hash in the names of workers and their chunks, from the templates that Vite makes them of.
 *
 * @see https://vite.dev/config/worker-options
 */
export function workerHashFinder({
  build,
  worker,
}: ResolvedConfig): (fileName: string) => HashPosition | undefined {
  const [output = {}] = [worker.rollupOptions.output].flat()
  const finders = [output.entryFileNames, output.chunkFileNames].flatMap((template) => {
    if (typeof template === 'function') return []
    return hashFinder(inAssetsDir(template, build.assetsDir), String.raw`[\w-]`, 8) ?? []
  })
  return (fileName) => finders.map((find) => find(fileName)).find((found) => found !== undefined)
}

/** Vite's own template. */
function inAssetsDir(template = '[name]-[hash].js', assetsDir: string): string {
  return template === '[name]-[hash].js' && assetsDir !== '' ? `${assetsDir}/${template}` : template
}
