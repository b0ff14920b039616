import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import { type Plugin, rollup } from 'rollup'
import { afterEach, beforeEach, expect, test } from 'vitest'
import wasmCos, { type WasmCosOptions } from './index.ts'

const bundlers: [string, typeof rollup][] = [
  ['Rollup', rollup],
  ['Rolldown', rolldown as unknown as typeof rollup],
]
const load = (url: string) => `WebAssembly.compileStreaming(fetch(${url}))`

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'wasm-cos-content-names-'))
})
afterEach(() => rm(root, { recursive: true }))

/** Emits what `main.js` names in `new URL()` under its own name, as Vite does with such templates. */
const emitter: Plugin = {
  name: 'emitter',
  buildStart() {
    this.emitFile({ type: 'asset', name: 'a.wasm', source: Buffer.from(`\0asm\x01\0\0\0${version}`) })
  },
}
let version = 0

async function build(
  start: typeof rollup,
  plugins: Plugin[],
  ofWasm = '[name][extname]',
  options: WasmCosOptions = {},
): Promise<Map<string, string>> {
  const input = join(root, 'main.js')
  const bundle = await start({ input, plugins: [...plugins, wasmCos(options)] })
  const { output } = await bundle.generate({
    format: 'es',
    entryFileNames: '[name]-[hash].js',
    assetFileNames: (asset) => (asset.names[0]!.endsWith('.wasm') ? ofWasm : '[name]-[hash][extname]'),
  })
  await bundle.close()
  return new Map(
    output.map((file) => [
      file.fileName,
      file.type === 'chunk' ? file.code : Buffer.from(file.source).toString('latin1'),
    ]),
  )
}

test.each(bundlers)(
  '%s: a chunk has another name when the file changed that it names in new URL()',
  async (_, start) => {
    await writeFile(join(root, 'main.js'), load("new URL('./a.wasm', import.meta.url)"))
    const names: string[] = []
    for (version of [1, 2]) {
      await writeFile(join(root, 'a.wasm'), Buffer.from(`\0asm\x01\0\0\0${version}`))
      const output = await build(start, [emitter])
      const [[name, code]] = [...output].filter(([name]) => name.endsWith('.js')) as [[string, string]]
      expect(code).toContain('crossOriginStorage')
      names.push(name)
    }
    expect(new Set(names).size).toBe(2)
  },
)

test.each(bundlers)(
  '%s: a chunk keeps the hash out of it that its name cannot follow, with a warning',
  async (_, start) => {
    const warnings: string[] = []
    const compiler = (name: string): Plugin => ({
      name: 'compiler',
      resolveId: (id) => (id === 'compiled' ? id : undefined),
      load(id) {
        if (id !== 'compiled') return undefined
        const source = Buffer.from(`\0asm\x01\0\0\0${version}`)
        const reference = this.emitFile({ type: 'asset', name, source })
        return { code: `export default import.meta.ROLLUP_FILE_URL_${reference}`, moduleType: 'js' }
      },
      onLog: (_, { message }) => void warnings.push(message),
    })
    await writeFile(join(root, 'main.js'), `import url from 'compiled'\n${load('url')}`)
    for (version of [1, 2]) {
      const [chunk] = await build(start, [compiler('a.wasm')])
      expect(chunk![1]).not.toContain('crossOriginStorage')
      expect(warnings.splice(0).join()).toContain('a.wasm is not shared through Cross-Origin Storage')
    }
    // The option that the warning names ends it, and does match.
    await build(start, [compiler('a.wasm')], undefined, { exclude: 'a.wasm', strict: true })
    expect(warnings).toEqual([])
    // A name with a hash changes with the content, and the chunk's with that.
    const names: string[] = []
    for (version of [1, 2]) {
      const [chunk] = await build(start, [compiler('hashed.bin.wasm')], '[name]-[hash][extname]')
      expect(chunk![1]).toContain('crossOriginStorage')
      names.push(chunk![0])
    }
    expect(new Set(names).size).toBe(2)
    expect(warnings).toEqual([])
  },
)

test.each(bundlers)(
  '%s: an emitted script that is edited gets another name, is mentioned by it, and stays as it was for a server that has the old one',
  async (_, start) => {
    const script: Plugin = {
      name: 'script',
      buildStart() {
        this.emitFile({ type: 'asset', name: 'worker.js', source: load("'a.wasm'") })
      },
      generateBundle(_, bundle) {
        const worker = Object.keys(bundle).find((name) => name.startsWith('worker'))
        this.emitFile({ type: 'asset', fileName: 'index.html', source: `<script src="/${worker}">` })
      },
    }
    await writeFile(join(root, 'main.js'), 'console.log(1)')
    version = 1
    const output = await build(start, [emitter, script])
    const workers = [...output.keys()].filter((name) => name.startsWith('worker'))
    expect(workers).toHaveLength(2)
    const worker = workers.find((name) => output.get(name)!.includes('crossOriginStorage'))
    const unedited = await build(start, [emitter, script], undefined, { exclude: '**' })
    const server = [...unedited.keys()].filter((name) => name.startsWith('worker'))
    expect(server).toEqual(workers.filter((name) => name !== worker))
    expect(output.get(server[0]!)).toBe(unedited.get(server[0]!))
    expect(output.get('index.html')).toBe(`<script src="/${worker}">`)
    version = 2
    const later = await build(start, [emitter, script])
    expect([...later.keys()]).not.toContain(worker)
  },
)

test.each(bundlers)(
  '%s: a script that is not UTF-8 is left byte for byte, with a warning',
  async (_, start) => {
    const source = Buffer.from(`/* \xE9 */ ${load("'a.wasm'")}`, 'latin1')
    const warnings: string[] = []
    const emitted: Plugin = {
      name: 'latin-1',
      buildStart() {
        this.emitFile({ type: 'asset', fileName: 'latin.js', source })
      },
      onLog: (_, { message }) => void warnings.push(message),
    }
    await writeFile(join(root, 'main.js'), 'console.log(1)')
    const output = await build(start, [emitted, emitter])
    expect(output.get('latin.js')).toBe(source.toString('latin1'))
    expect(warnings.join('\n')).toContain('latin.js is not UTF-8')
  },
)
