import { rm } from 'node:fs/promises'
import { build as startFarm } from '@farmfe/core'
import wasmCos from 'unplugin-wasm-cos/farm'
import { publicFolderOf } from '../app-files.ts'
import { type Bundler, type BuildRequest, patiently } from '../bundler.ts'

async function build({ app, outDir, options, minify = true }: BuildRequest): Promise<{ warnings: string[] }> {
  await rm(outDir, { recursive: true, force: true })
  const config = {
    root: app,
    // Farm reads it, but does not declare it.
    configFile: false,
    publicDir: publicFolderOf(app),
    compilation: {
      input: { main: './main.js' },
      output: { path: outDir, publicPath: '/', targetEnv: 'browser-esnext' },
      minify,
      sourcemap: false,
      presetEnv: false,
      progress: false,
      persistentCache: false,
    },
    plugins: options === false ? [] : [wasmCos(patiently(options))].flat(),
  }
  await startFarm(config as object)
  // Its warnings go to the console.
  return { warnings: [] }
}

export const farm: Bundler = {
  name: 'Farm 1',
  page: 'module',
  urlModule: (specifier) => `export { default } from '${specifier}?url'\n`,
  build,
}
