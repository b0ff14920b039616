import createJiti from 'jiti1'
import { expect, test } from 'vitest'
import { build, embeddedIn, wasmIn } from './testing/build.ts'
import { bundlers, type Configuration } from './testing/bundlers.ts'
import { createProject, wasmModule } from './testing/project.ts'

// jiti 1, which makes CommonJS of a configuration and of all that it imports: Docusaurus loads its configurations so.
// Its types name the function `default`, which it is itself.
const load = (createJiti as unknown as typeof createJiti.default)(import.meta.filename, {
  interopDefault: true,
  cache: false,
  nativeModules: ['oxc-parser'],
})

test(
  'a configuration that is loaded as CommonJS, with scripts beside the bundle',
  { timeout: 60_000 },
  async () => {
    const wasmCos = load('@wasm-cos/webpack-plugin') as typeof import('@wasm-cos/webpack-plugin').default
    const project = await createProject({
      'main.js': "import init from './answer.wasm?cos'\ninit().then(console.log)",
      'answer.wasm': wasmModule(42),
      'public/other.wasm': wasmModule(43),
      'public/other.js': "WebAssembly.instantiateStreaming(fetch('other.wasm'))",
    })
    const plugins = [bundlers[0]!.copy(`${project}/public`, '.'), wasmCos()] as unknown as NonNullable<
      Configuration['plugins']
    >
    const built = await build(bundlers[0]!, project, { options: false, configuration: { plugins } })
    expect([built.errors, built.warnings]).toEqual([[], []])
    expect(Object.keys(wasmIn(built))).toHaveLength(2)
    expect(embeddedIn(built)['other.js']).toMatchObject({ 'other.wasm': wasmIn(built)['other.wasm'] })
  },
)
