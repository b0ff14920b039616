import { expect, test } from 'vitest'
import { build, embeddedIn, wasmIn } from './testing/build.ts'
import { bundlers } from './testing/bundlers.ts'
import { createProject, wasmModule } from './testing/project.ts'

const files = {
  'main.js': `import load from './load.cjs'
WebAssembly.instantiateStreaming(load(new URL('./answer.wasm', import.meta.url)))`,
  'answer.wasm': wasmModule(42),
}
const configurations = [{}, { optimization: { minimize: false } }]

for (const configuration of configurations) {
  const name = JSON.stringify(configuration)

  test.each(bundlers)(`$name, ${name}: \`global\` is the global object`, async (bundler) => {
    const project = await createProject({
      ...files,
      'load.cjs': 'module.exports = (url) => global.fetch(url)',
    })
    const built = await build(bundler, project, { configuration })
    expect(built.warnings).toEqual([])
    expect(Object.values(embeddedIn(built))).toEqual([wasmIn(built)])
  })

  test.each(bundlers)(`$name, ${name}: a script that replaces its fetch is left to it`, async (bundler) => {
    const replacing = `const own = global.fetch
global.fetch = () => own('/other.wasm')
module.exports = (url) => fetch(url)`
    const built = await build(bundler, await createProject({ ...files, 'load.cjs': replacing }), {
      configuration,
    })
    expect(embeddedIn(built)).toEqual({})
    expect(built.warnings.join()).toContain('fetch')
  })
}
