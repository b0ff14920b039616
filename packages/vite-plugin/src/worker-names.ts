import type { HashPosition } from '@wasm-cos/core'
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
  const patterns = [output.entryFileNames, output.chunkFileNames].flatMap((template) => {
    const pattern = typeof template === 'function' ? undefined : patternOf(template, build.assetsDir)
    return pattern ?? []
  })
  return (fileName) => {
    const found = patterns.map((pattern) => pattern.exec(fileName)).find((match) => match !== null)
    if (!found) return undefined
    const start = found[1]!.length
    return { start, end: start + found[2]!.length }
  }
}

/** A template with a hash as a pattern that captures what comes before the hash, and the hash. */
function patternOf(template = '[name]-[hash].js', assetsDir: string): RegExp | undefined {
  const path = template === '[name]-[hash].js' && assetsDir !== '' ? `${assetsDir}/${template}` : template
  const parts = /^(.*)\[hash(?::(\d+))?\](.*)$/.exec(path)
  if (parts === null) return undefined
  const [, before, length = '8', after] = parts
  return new RegExp(`^(${literal(before!)})([\\w-]{${length}})${literal(after!)}$`)
}

function literal(text: string): string {
  return text
    .split(/\[\w+\]/)
    .map((part) => part.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`))
    .join('.*')
}
