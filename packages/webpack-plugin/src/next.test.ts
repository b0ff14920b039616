import { expect, test } from 'vitest'
import type { WasmCosOptions } from './index.ts'
import { build } from './testing/build.ts'
import { bundlers, type Configuration } from './testing/bundlers.ts'
import { createProject, wasmModule } from './testing/project.ts'

/** Next.js gives a plugin of this name to each of its compilers. */
class WellKnownErrorsPlugin {
  apply(): void {}
}

const project = () =>
  createProject({
    'main.js': `
for (const url of [new URL('./answer.wasm', import.meta.url), '/shipped.wasm'])
  WebAssembly.instantiateStreaming(fetch(url))
`,
    'answer.wasm': wasmModule(42),
    'public/shipped.wasm': wasmModule(7),
    'public/vendor/glue.js':
      'const { src } = document.currentScript; WebAssembly.compileStreaming(fetch(new URL("glued.wasm", src)))',
    'public/vendor/glued.wasm': wasmModule(5),
  })

const [webpack] = bundlers
const buildAs = (folder: string, configuration: Configuration, options: WasmCosOptions = {}) =>
  build(webpack!, folder, {
    options,
    configuration: { context: folder, plugins: [new WellKnownErrorsPlugin()], ...configuration } as never,
  })

test('what Next.js serves of its public folder past webpack: said, with what to do', async () => {
  const { errors, warnings } = await buildAs(await project(), { name: 'client' } as never)
  expect(errors).toEqual([])
  expect(warnings.toSorted()).toEqual([
    expect.stringMatching(
      /main\.js names \/shipped\.wasm, and Next\.js serves public\/shipped\.wasm as it is: .* Import it instead/,
    ),
    expect.stringMatching(
      /public\/vendor\/glue\.js loads wasm, and Next\.js serves it as it is: .*Run "npx wasm-cos inject public" before "next build"/,
    ),
  ])
})

test("what a compiler for Next.js's server emits is no fault, under strict either", async () => {
  const folder = await project()
  const { errors, warnings } = await buildAs(folder, { name: 'server', target: 'node' } as never, {
    strict: true,
  })
  expect({ errors, warnings }).toEqual({ errors: [], warnings: [] })
  const other = await build(webpack!, folder, { configuration: { context: folder, target: 'node' } as never })
  expect(other.warnings).toEqual([expect.stringContaining('not shared through Cross-Origin Storage')])
})
