import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { rolldown } from 'rolldown'
import { type OutputOptions, rollup, type Plugin } from 'rollup'
import { afterAll, beforeAll, expect, test } from 'vitest'
import wasmCos from './index.ts'

let root: string

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'wasm-cos-outputs-'))
})

afterAll(() => rm(root, { recursive: true, force: true }))

/** Each output has a chunk and a wasm file, of the same name but for the ending. */
const application: Plugin = {
  name: 'application',
  resolveId: (id) => (id === 'main' ? id : undefined),
  load: (id) => (id === 'main' ? "WebAssembly.instantiateStreaming(fetch('/a.wasm'))" : undefined),
  generateBundle({ entryFileNames }) {
    const fileName = (entryFileNames as string).replace(/js$/, 'wasm')
    this.emitFile({ type: 'asset', fileName, source: Buffer.from(`\0asm\x01\0\0\0${fileName}`) })
  },
}

const bundlers: [string, typeof rollup][] = [
  ['Rollup', rollup],
  ['Rolldown', rolldown as unknown as typeof rollup],
]

test.each(bundlers)(
  '%s: an emitted script that is not UTF-8 keeps its bytes, with a warning',
  async (_, roll) => {
    const latin1 = Buffer.from('console.log("é")', 'latin1')
    const vendor: Plugin = {
      name: 'vendor',
      generateBundle() {
        this.emitFile({ type: 'asset', fileName: 'vendor.js', source: latin1 })
      },
    }
    const warnings: string[] = []
    const onLog = (_level: string, { message }: { message: string }) => void warnings.push(message)
    const bundle = await roll({ input: 'main', plugins: [application, vendor, wasmCos()], onLog })
    const { output } = await bundle.generate({ format: 'es', entryFileNames: 'a.js' })
    const script = output.find(({ fileName }) => fileName === 'vendor.js')!
    expect(script.type === 'asset' && Buffer.from(script.source)).toEqual(latin1)
    expect(warnings.join('\n')).toContain('vendor.js is not UTF-8 and was left as it is')
  },
  60_000,
)

test.each(bundlers)('%s: an output that a package gives to applications is warned of', async (_, roll) => {
  const folder = await mkdtemp(join(root, 'package-'))
  await writeFile(join(folder, 'package.json'), '{ "name": "answers", "module": "dist/a.js" }')
  const warnings: string[] = []
  const onLog = (_level: string, { message }: { message: string }) => void warnings.push(message)
  const bundle = await roll({ input: 'main', plugins: [application, wasmCos()], onLog })
  const output: OutputOptions = { format: 'es', dir: join(folder, 'dist') }
  await bundle.generate({ ...output, entryFileNames: 'b.js' })
  expect(warnings).toEqual([])
  await bundle.generate({ ...output, entryFileNames: 'a.js' })
  expect(warnings.join('\n')).toContain('a.js is what the package answers gives to applications')
})

test.each(bundlers)(
  '%s: a resolver that fails for a wasm file that a module only names does not fail the build',
  async (_, roll) => {
    const resolver: Plugin = {
      name: 'resolver',
      resolveId: async (id) =>
        id.endsWith('.wasm') ? Promise.reject(new Error('There is no such package.')) : undefined,
    }
    const bundle = await roll({ input: 'main', plugins: [resolver, application, wasmCos()] })
    const { output } = await bundle.generate({ format: 'es', entryFileNames: 'a.js' })
    expect(output[0].code).toContain('wasmHash')
  },
)

test.each(bundlers)('%s: a manifest is not written over the output', async (_, roll) => {
  const plugins = [application, wasmCos({ manifest: 'a.js' })]
  const bundle = await roll({ input: 'main', plugins })
  const build = async () => bundle.generate({ format: 'es', entryFileNames: 'a.js' })
  await expect(build()).rejects.toThrow(
    'manifest: a.js is another file here. Give the manifest another name.',
  )
})

test('a changed file is found in each of two outputs of the same folder and format', async () => {
  for (const changed of ['a', 'b']) {
    const dir = join(root, `parallel-${changed}`)
    let meet: () => void
    const meeting = new Promise<void>((resolve) => {
      meet = resolve
    })
    let arrived = 0
    const together: Plugin = {
      name: 'together',
      generateBundle: {
        order: 'post',
        handler() {
          arrived += 1
          if (arrived === 2) meet()
          return meeting
        },
      },
      async writeBundle({ entryFileNames }) {
        if (entryFileNames === `${changed}.js`) await writeFile(join(dir, `${changed}.wasm`), 'changed')
      },
    }
    const build = await rollup({ input: 'main', plugins: [application, wasmCos(), together] })
    const outputs = ['a', 'b'].map((name) => build.write(outputOf(dir, name)))
    const results = await Promise.allSettled(outputs)
    await build.close()
    const failed = ['a', 'b'].filter((_, index) => results[index]!.status === 'rejected')
    expect(failed).toEqual([changed])
  }
})

test.each(bundlers)('%s: a file that changes when a later output is there is found', async (name, start) => {
  const dir = join(root, `later-output-${name}`)
  const build = await start({ input: 'main', plugins: [application, wasmCos()] })
  await build.write(outputOf(dir, 'a'))
  await build.write(outputOf(dir, 'b'))
  await writeFile(join(dir, 'a.wasm'), 'changed')
  await expect(build.close()).rejects.toThrow('a.wasm was changed after its hash was embedded')
})

test('a file that changes when another build has begun is found', async () => {
  const dir = join(root, 'later-build')
  const plugins = [application, wasmCos()]
  const build = await rollup({ input: 'main', plugins })
  await build.write(outputOf(dir, 'a'))
  const other = await rollup({ input: 'main', plugins })
  await writeFile(join(dir, 'a.wasm'), 'changed')
  await expect(build.close()).rejects.toThrow('a.wasm was changed after its hash was embedded')
  await other.close()
})

test.each(bundlers)('%s: what a later build replaces is not held against it', async (name, start) => {
  const dir = join(root, `replaced-${name}`)
  let version = 0
  const versions: Plugin = {
    name: 'versions',
    generateBundle() {
      version += 1
      this.emitFile({ type: 'asset', fileName: 'v.wasm', source: Buffer.from(`\0asm\x01\0\0\0${version}`) })
    },
  }
  const plugins = [application, versions, wasmCos()]
  const unclosed = await start({ input: 'main', plugins })
  await unclosed.write(outputOf(dir, 'a'))
  const build = await start({ input: 'main', plugins })
  await build.write(outputOf(dir, 'a'))
  await build.close()
  expect(version).toBe(2)
})

test.each(bundlers)(
  '%s: a pattern is judged by all outputs, and by files that are left out for a reason of their own',
  async (name, start) => {
    const late: Plugin = {
      name: 'late',
      generateBundle() {
        this.emitFile({ type: 'asset', fileName: 'late.wasm', source: Buffer.from('\0asm\x01\0\0\0') })
      },
    }
    const messages: string[] = []
    const plugins = [application, late, wasmCos({ include: ['b.wasm', 'late.wasm'], exclude: 'none.wasm' })]
    const onwarn = ({ message }: { message: string }) => void messages.push(message)
    const build = await start({ input: 'main', plugins, onwarn })
    const dir = join(root, `patterns-${name}`)
    const hashed = { dir, format: 'es' as const, entryFileNames: '[name]-[hash].js' }
    await build.generate(hashed)
    expect(messages.filter((text) => /Option/.test(text))).toEqual([
      expect.stringMatching(/Option 'exclude' matches none of the wasm files of this build/),
    ])
    messages.length = 0
    await build.write(outputOf(dir, 'a'))
    await build.write(outputOf(dir, 'b'))
    await build.close()
    expect(messages.filter((text) => /Option/.test(text))).toEqual([
      expect.stringMatching(/Option 'exclude' matches none .*a\.wasm.*b\.wasm/),
    ])
  },
)

// Rolldown writes `import x from` for `import source x from`.
test.each(["import source x from './a.wasm'; use(x)", "import.source('./a.wasm').then(use)"])(
  '%s, which stays in the output, is said: the browser loads it by itself',
  async (code) => {
    const native: Plugin = { ...application, load: (id) => (id === 'main' ? code : undefined) }
    const messages: string[] = []
    const onwarn = ({ message }: { message: string }) => void messages.push(message)
    const build = await rollup({
      input: 'main',
      external: './a.wasm',
      plugins: [native, wasmCos()],
      onwarn,
    })
    await build.generate(outputOf(root, 'a'))
    await build.close()
    expect(messages).toContainEqual(
      expect.stringMatching(/a\.wasm will not come from Cross-Origin Storage: a\.js imports it as a module/),
    )
  },
)

function outputOf(dir: string, name: string): OutputOptions {
  return { dir, format: 'es', entryFileNames: `${name}.js` }
}

test.each(bundlers)(
  '%s: wasm that a plugin compresses and removes is what servers deliver',
  async (_, roll) => {
    const compression: Plugin = {
      name: 'compression',
      generateBundle(_, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type !== 'asset' || !file.fileName.endsWith('.wasm')) continue
          delete bundle[file.fileName]
          for (const [ending, compress] of [
            ['gz', gzipSync],
            ['br', brotliCompressSync],
          ] as const)
            this.emitFile({
              type: 'asset',
              fileName: `${file.fileName}.${ending}`,
              source: compress(file.source),
            })
        }
      },
    }
    const bundle = await roll({ input: 'main', plugins: [application, compression, wasmCos()] })
    const { output } = await bundle.generate({ format: 'es', entryFileNames: 'a.js' })
    expect(output.map(({ fileName }) => fileName).toSorted()).toEqual(['a.js', 'a.wasm.br', 'a.wasm.gz'])
    const digest = createHash('sha256').update(`\0asm\x01\0\0\0a.wasm`).digest('hex')
    expect(output[0].code.split(digest).length - 1).toBe(1)
  },
)

test.each(bundlers)(
  '%s: wasm that a chunk decompresses by itself is no file without its ending',
  async (_, roll) => {
    const own: Plugin = {
      name: 'own',
      resolveId: (id) => (id === 'own' ? id : undefined),
      load: (id) =>
        id === 'own'
          ? "fetch('own.wasm.gz').then((r) => r.body.pipeThrough(new DecompressionStream('gzip')))"
          : undefined,
      generateBundle() {
        this.emitFile({ type: 'asset', fileName: 'own.wasm.gz', source: gzipSync('\0asm') })
      },
    }
    const bundle = await roll({ input: 'own', plugins: [own, wasmCos()] })
    const { output } = await bundle.generate({ format: 'es' })
    expect(output[0].code).not.toContain('cosFetch_')
  },
)

test('Rolldown: an output that says nothing of a folder is written to dist', async () => {
  const script = `import { rolldown } from ${JSON.stringify(import.meta.resolve('rolldown'))}
    import wasmCos from ${JSON.stringify(new URL('../dist/index.js', import.meta.url).href)}
    const bundle = await rolldown({ input: 'main.js', plugins: [wasmCos()] })
    await bundle.write({ format: 'esm' })`
  const folder = join(root, 'without-folder')
  await mkdir(folder)
  await writeFile(join(folder, 'a.wasm'), '\0asm\x01\0\0\0')
  const load = "WebAssembly.compileStreaming(fetch(new URL('./a.wasm', import.meta.url)))"
  await writeFile(join(folder, 'main.js'), load)
  await writeFile(join(folder, 'build.mjs'), script)
  await promisify(execFile)(process.execPath, ['build.mjs'], { cwd: folder })
  expect(await readFile(join(folder, 'dist/main.js'), 'utf8')).toContain('compileStreaming')
})

test.each(['amd', 'system'] as const)(
  'Rollup: where loader, URL and compiler are three chunks of the format %s, the loader is edited',
  async (format) => {
    const modules: Record<string, string> = {
      main: "Promise.all([import('loader'), import('url')]).then(([{ load }, { url }]) => load(url).then(({ compile }) => compile()))",
      loader:
        "export const load = (url) => fetch(url).then((response) => import('compiler').then((it) => ({ compile: () => it.compile(response) })))",
      url: 'export const url = import.meta.ROLLUP_FILE_URL_wasm',
      compiler: 'export const compile = (response) => WebAssembly.instantiateStreaming(response)',
    }
    const parts: Plugin = {
      name: 'parts',
      resolveId: (id) => (id in modules ? id : undefined),
      load(id) {
        const source = Buffer.from('\0asm\x01\0\0\0')
        const reference = id === 'url' && this.emitFile({ type: 'asset', name: 'a.wasm', source })
        return modules[id]?.replace('_wasm', `_${String(reference)}`)
      },
    }
    const warnings: string[] = []
    const onLog = (_level: string, { message }: { message: string }) => void warnings.push(message)
    const bundle = await rollup({ input: 'main', plugins: [parts, wasmCos()], onLog })
    const { output } = await bundle.generate({ format, chunkFileNames: '[name].js' })
    const edited = output.filter((file) => file.type === 'chunk' && file.code.includes('wasmHash'))
    expect(edited.map(({ fileName }) => fileName)).toEqual(['loader.js'])
    expect(warnings).toEqual([])
  },
)
