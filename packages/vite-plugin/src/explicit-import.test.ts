import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startVitest } from 'vitest/node'
import * as vite8 from 'vite'
import * as vite7 from 'vite7'
import * as vite7Oldest from 'vite7-oldest'
import * as vite8Oldest from 'vite8-oldest'
import wasmCos from './index.ts'

const bytes = Buffer.concat([Buffer.from('\0asm\x01\0\0\0'), Buffer.alloc(200)])
const wasmHash = { algorithm: 'SHA-256', value: createHash('sha256').update(bytes).digest('hex') }

let root: string

beforeAll(async () => {
  root = await mkdtemp(join(import.meta.dirname, '../.cache-import-'))
  await writeFile(join(root, 'small.wasm'), bytes)
  await writeFile(join(root, 'main.js'), "export * from './small.wasm?cos'\n")
})

afterAll(() => rm(root, { recursive: true, force: true }))

describe.each([
  ['Vite 8', vite8],
  ['Vite 8.0', vite8Oldest as unknown as typeof vite8],
  ['Vite 7', vite7 as unknown as typeof vite8],
  ['Vite 7.0', vite7Oldest as unknown as typeof vite8],
])('%s', (_, vite) => {
  const config = (): vite8.InlineConfig => ({
    root,
    configFile: false,
    logLevel: 'silent',
    plugins: [wasmCos()],
  })

  test('the dev server answers with the module and the file, and without Cross-Origin Storage', async () => {
    const server = await vite.createServer({ ...config(), server: { port: 0, hmr: false, ws: false } })
    try {
      await server.listen()
      const origin = server.resolvedUrls!.local[0]!
      const get = async (path: string) => fetch(new URL(path, origin))
      const main = await (await get('/main.js')).text()
      const code = await (await get(/"(\/small\.wasm\?[^"]+)"/.exec(main)![1]!)).text()
      expect(code).toContain(wasmHash.value)
      expect(code).not.toContain('crossOriginStorage')
      const urlModule = await (await get(/import url from "([^"]+)"/.exec(code)![1]!)).text()
      const url = /export default "([^"]+)"/.exec(urlModule)![1]!
      const response = await get(url)
      expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true)
    } finally {
      await server.close()
    }
  })

  test('a module that a server loads has the hash and the URL', async () => {
    const server = await vite.createServer({ ...config(), server: { middlewareMode: true, ws: false } })
    try {
      const module = await server.ssrLoadModule('/main.js')
      expect(module.wasmHash).toEqual(wasmHash)
      expect(module.url).toMatch(/small\.wasm/)
    } finally {
      await server.close()
    }
  })

  test('a build for a server has the hash and the URL', async () => {
    const outDir = join(root, `server-${vite.version}`)
    await vite.build({ ...config(), build: { ssr: join(root, 'main.js'), outDir } })
    const module = await import(pathToFileURL(join(outDir, 'main.js')).href)
    expect(module.wasmHash).toEqual(wasmHash)
    expect(module.url).toMatch(/\/assets\/small-.*\.wasm$/)
  })

  test('a file below the limit for inlining is emitted all the same, in a library too', async () => {
    const outDir = join(root, `library-${vite.version}`)
    await vite.build({
      ...config(),
      build: { lib: { entry: join(root, 'main.js'), formats: ['es'], fileName: 'library' }, outDir },
    })
    const code = await readFile(join(outDir, 'library.js'), 'utf8')
    expect(code).toContain(wasmHash.value)
    expect(code).not.toContain('data:')
    expect(code).toContain('small.wasm')
    expect((await readFile(join(outDir, 'small.wasm'))).equals(bytes)).toBe(true)
  })

  test('in a library, which is left alone otherwise, the hash is that of what ships', async () => {
    const optimized = Buffer.concat([bytes, Buffer.from([0, 2, 1, 0x61])])
    const optimizer: vite8.Plugin = {
      name: 'optimizer',
      generateBundle(_options, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type === 'asset' && file.fileName.endsWith('.wasm')) file.source = optimized
        }
      },
    }
    const outDir = join(root, `optimized-${vite.version}`)
    await vite.build({
      ...config(),
      plugins: [optimizer, wasmCos()],
      build: { lib: { entry: join(root, 'main.js'), formats: ['es'], fileName: 'library' }, outDir },
    })
    const code = await readFile(join(outDir, 'library.js'), 'utf8')
    expect(code.match(/[0-9a-f]{64}/g)).toEqual([createHash('sha256').update(optimized).digest('hex')])
    expect(code).not.toContain('cosFetch_')
  })
})

test('Vitest resolves the import', async () => {
  const file = join(root, 'import.test.js')
  await writeFile(
    file,
    `import { expect, test } from 'vitest'
import init, { wasmHash, url } from './small.wasm?cos'
test('import', () => {
  expect(wasmHash).toEqual(${JSON.stringify(wasmHash)})
  expect(url).toContain('small.wasm')
  expect(init).toBeInstanceOf(Function)
})
`,
  )
  const vitest = await startVitest(
    'test',
    [file],
    { root, config: false, watch: false, reporters: [{}] },
    { plugins: [wasmCos()] },
  )
  const { testModules, unhandledErrors } = {
    testModules: vitest.state.getTestModules(),
    unhandledErrors: vitest.state.getUnhandledErrors(),
  }
  await vitest.close()
  expect(unhandledErrors).toEqual([])
  expect(
    testModules.flatMap((module) => [...module.children.allTests()].map((found) => found.result())),
  ).toMatchObject([{ state: 'passed' }])
})
