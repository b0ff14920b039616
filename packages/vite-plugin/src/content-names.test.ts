import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { embeddedHashes, sha256 } from '@wasm-cos/harness/hash'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as vite8 from 'vite'
import * as vite7 from 'vite7'
import vitePluginCompression from 'vite-plugin-compression'
import wasmCos from './index.ts'

/** Its types are those of a module of CommonJS, which it is not. */
const compression = vitePluginCompression as unknown as (options: object) => vite8.Plugin

const load = (url: string) => `WebAssembly.instantiateStreaming(fetch(${url}))`
const wasm = (version: number) => Buffer.from(`\0asm\x01\0\0\0${version}`)

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'wasm-cos-content-'))
  await mkdir(join(root, 'public'))
})
afterEach(() => rm(root, { recursive: true, force: true }))

describe.each([
  ['Vite 8', vite8],
  ['Vite 7', vite7 as unknown as typeof vite8],
])('%s', (_, { build }) => {
  /** Builds `main.js`, without hashes in the names of wasm. */
  async function outputOf(...plugins: vite8.PluginOption[]): Promise<Map<string, Buffer>> {
    await build({
      root,
      configFile: false,
      logLevel: 'silent',
      plugins: [wasmCos(), ...plugins],
      build: {
        assetsInlineLimit: 0,
        modulePreload: false,
        rollupOptions: {
          input: join(root, 'main.js'),
          output: {
            entryFileNames: '[name]-[hash].js',
            assetFileNames: ({ names }) =>
              names[0]?.endsWith('.wasm') ? '[name][extname]' : '[name]-[hash][extname]',
          },
        },
      },
    })
    const names = await readdir(join(root, 'dist'), { recursive: true })
    const files = names.filter((name) => /\.\w+$/.test(name))
    return new Map(
      await Promise.all(
        files.map(async (name) => [name, await readFile(join(root, 'dist', name))] as [string, Buffer]),
      ),
    )
  }

  /** Builds with two versions of a file, and returns the names of the script that carries its hash. */
  async function carriersOf(path: string): Promise<string[]> {
    const carriers: string[] = []
    for (const version of [1, 2]) {
      await writeFile(join(root, path), wasm(version))
      const output = await outputOf()
      const hash = sha256(wasm(version))
      const all = [...output].filter(([, bytes]) => embeddedHashes(bytes.toString()).includes(hash))
      expect(all).toHaveLength(1)
      carriers.push(all[0]![0])
    }
    return carriers
  }

  test('an entry has another name when the file changed that it names in new URL()', async () => {
    await writeFile(join(root, 'main.js'), load("new URL('./a.wasm', import.meta.url)"))
    const [first, second] = await carriersOf('a.wasm')
    expect(second).not.toBe(first)
  })

  test('a prebuilt worker taken by its URL has another name when the file changed, and is asked for by it', async () => {
    await writeFile(join(root, 'prebuilt.worker.js'), `onmessage = () => ${load("'/a.wasm'")}`)
    await writeFile(join(root, 'main.js'), "import url from './prebuilt.worker.js?url'\nnew Worker(url)")
    const [first, second] = await carriersOf('public/a.wasm')
    expect(first).toMatch(/^prebuilt\.worker-[\w-]{8}\.js$/)
    expect(second).not.toBe(first)
    const entry = [...(await outputOf())].find(([name]) => name.startsWith('main-'))!
    expect(entry[1].toString()).toContain(second)
  })

  test('a script of public/ that is not UTF-8 stays as it is', async () => {
    const latin1 = Buffer.from(`${load("'a.wasm'")} // \xe9`, 'latin1')
    await writeFile(join(root, 'public/latin1.js'), latin1)
    await writeFile(join(root, 'public/a.wasm'), wasm(1))
    await writeFile(join(root, 'main.js'), load("'/a.wasm'"))
    const output = await outputOf()
    expect(output.get('latin1.js')).toEqual(latin1)
  })

  test('a compressor may remove what it has compressed', async () => {
    await writeFile(join(root, 'public/a.wasm'), wasm(1))
    await writeFile(join(root, 'main.js'), load("'/a.wasm'"))
    const output = await outputOf(
      compression({ algorithm: 'brotliCompress', deleteOriginFile: true, threshold: 0, verbose: false }),
    )
    const [name, bytes] = [...output].find(([name]) => name.endsWith('.js.br'))!
    expect(existsSync(join(root, 'dist', name.replace('.br', '')))).toBe(false)
    expect(embeddedHashes(brotliDecompressSync(bytes).toString())).toContain(sha256(wasm(1)))
  })
})
