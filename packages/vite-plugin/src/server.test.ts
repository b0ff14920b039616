import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import * as vite8 from 'vite'
import * as vite7 from 'vite7'
import wasmCos, { type WasmCosOptions } from './index.ts'

let app: string

beforeAll(async () => {
  app = await mkdtemp(join(import.meta.dirname, '../.cache-server-'))
  await writeFile(
    join(app, 'answer.wasm'),
    Buffer.concat([Buffer.from('\0asm\x01\0\0\0'), Buffer.alloc(9000)]),
  )
  await writeFile(
    join(app, 'main.js'),
    "import url from './answer.wasm?url'\nexport const load = () => WebAssembly.compileStreaming(fetch(url))\n",
  )
})

afterAll(() => rm(app, { recursive: true, force: true }))

describe.each([
  ['Vite 8', vite8],
  ['Vite 7', vite7 as unknown as typeof vite8],
])('%s', (_, vite) => {
  async function build(config: vite8.InlineConfig['build'], options?: WasmCosOptions, root = app) {
    const warnings: string[] = []
    const customLogger = vite.createLogger('silent')
    customLogger.warn = (message) => void warnings.push(message)
    const output = await vite.build({
      root,
      configFile: false,
      customLogger,
      // What a build is doing goes past the logger.
      logLevel: 'warn',
      plugins: [wasmCos(options)],
      build: { write: false, ...config },
    })
    const { output: files } = [output].flat()[0] as { output: { type: string; code?: string }[] }
    return {
      warnings: warnings.filter((text) => text.includes('Cross-Origin')),
      code: files.map(({ code }) => code).join(),
    }
  }

  test('a build for a server is left alone, with one warning', async () => {
    const { warnings, code } = await build({ ssr: join(app, 'main.js') })
    expect(code).not.toContain('wasmHash')
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toMatch(/answer\.wasm: not shared .* because this output \(dist\) is for a server/)
  })

  test('that another project shares the same file is no reason to be silent', async () => {
    const other = `${app}-other`
    onTestFinished(() => rm(other, { recursive: true, force: true }))
    await cp(app, other, { recursive: true })
    const browser = {
      rollupOptions: { input: join(other, 'main.js'), preserveEntrySignatures: 'strict' as const },
      assetsInlineLimit: 0,
    }
    expect((await build(browser, {}, other)).code).toContain('wasmHash')
    expect((await build({ ssr: join(app, 'main.js') })).warnings).toHaveLength(1)
    expect((await build({ ssr: join(other, 'main.js') }, {}, other)).warnings).toEqual([])
  })

  test('a library is left alone, with one warning for all its formats', async () => {
    const { warnings, code } = await build({
      lib: { entry: join(app, 'main.js'), formats: ['es', 'cjs'] },
      assetsInlineLimit: 0,
    })
    expect(code).not.toContain('wasmHash')
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toMatch(/because this output is a library/)
  })

  test('a library that is final, for a script tag, is no exception', async () => {
    const code = "import url from './widget.wasm?url&no-inline'\nWebAssembly.compileStreaming(fetch(url))\n"
    await writeFile(join(app, 'widget.js'), code)
    await writeFile(join(app, 'widget.wasm'), Buffer.from('\0asm\x01\0\0\0\0\x02\x01w'))
    const lib = { entry: join(app, 'widget.js'), formats: ['umd' as const], name: 'Widget' }
    const built = await build({ lib }, { final: true })
    expect(built.code).toContain('wasmHash')
    expect(built.warnings).toEqual([])
  })

  test('strict does not make an error of it, for nobody can mend a server', async () => {
    const { warnings } = await build({ ssr: join(app, 'main.js') }, { strict: true })
    expect(warnings).toHaveLength(1)
  })
})
