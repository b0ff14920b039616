import { existsSync } from 'node:fs'
import { isAbsolute, relative } from 'node:path'
import type { WasmCosOptions } from '@wasm-cos/core'
import { createPlugins } from './plugins.ts'
import { readWasmFiles } from './public-files.ts'

/** What the module uses of Nuxt. @see https://nuxt.com/docs/4.x/api/advanced/hooks */
interface Nuxt {
  options: { buildDir: string; vite: { plugins?: unknown[] } }
  hook(name: 'nitro:init', callback: (nitro: Nitro) => void): void
  hook(name: 'nitro:build:public-assets', callback: (nitro: Nitro) => Promise<void>): void
  hook(name: 'build:manifest', callback: (manifest: Record<string, Resource>) => void): void
}

interface Nitro {
  options: { output: { publicDir: string }; publicAssets: { dir: string; baseURL?: string }[] }
}

/** A file that pages may be told to load ahead. */
interface Resource {
  file: string
  prefetch?: boolean
  preload?: boolean
}

/**
 * A Nuxt module: the Vite plugin, for the public folders too, which Nuxt copies itself (wasm, and scripts beside it), and
 * without the hints by which Nuxt makes every page download every emitted file.
 *
 * ```js
 * export default defineNuxtConfig({ modules: [['@wasm-cos/vite-plugin/nuxt', { integrity: true }]] })
 * ```
 *
 * @param options See {@link WasmCosOptions}.
 */
export default function wasmCosNuxt(options: WasmCosOptions, nuxt: Nuxt): void {
  let publicAssets: Nitro['options']['publicAssets'] = []
  nuxt.hook('nitro:init', (nitro) => {
    publicAssets = nitro.options.publicAssets.filter(({ dir }) => !isInside(dir, nuxt.options.buildDir))
  })
  let finishBuild: ((folder?: string) => Promise<void>) | undefined
  // Everything is copied, and the server does not know yet how large the files are.
  nuxt.hook('nitro:build:public-assets', async (nitro) => {
    const { publicDir } = nitro.options.output
    await finishBuild?.(existsSync(publicDir) ? publicDir : undefined)
  })
  nuxt.hook('build:manifest', (manifest) => {
    for (const resource of Object.values(manifest)) {
      if (resource.file.endsWith('.wasm')) Object.assign(resource, { prefetch: false, preload: false })
    }
  })
  const plugins = createPlugins(options, {
    async filesBeside() {
      const folders = publicAssets.map(({ dir, baseURL = '' }) =>
        readWasmFiles(dir, baseURL.replace(/^\//, '')),
      )
      return (await Promise.all(folders)).flat()
    },
    finishLater(finish) {
      finishBuild = finish
    },
  })
  nuxt.options.vite.plugins = [...(nuxt.options.vite.plugins ?? []), ...plugins]
}

/** Whether a path is in a folder; what the build itself writes there is no public folder. */
function isInside(path: string, folder: string): boolean {
  const within = relative(folder, path)
  return !within.startsWith('..') && !isAbsolute(within)
}
