import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rolldown, watch as watchRolldown } from 'rolldown'
import { rolldown as rolldownOldest } from 'rolldown-oldest'
import { type Plugin, rollup, type RollupBuild, watch as watchRollup } from 'rollup'
import { rollup as rollupOldest } from 'rollup-oldest'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import wasmCos from './index.ts'

const bundlers: [string, typeof rollup][] = [
  ['Rollup', rollup],
  ['Rollup 4.24', rollupOldest as unknown as typeof rollup],
  ['Rolldown', rolldown as unknown as typeof rollup],
  ['Rolldown 1.0', rolldownOldest as unknown as typeof rollup],
]

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'wasm-cos-names-'))
})
afterEach(() => rm(root, { recursive: true }))

/** An application whose only chunk loads a file that is no asset of the build. */
function application(path: string): Plugin {
  return {
    name: 'application',
    resolveId: (id) => (id === 'main' || id === path ? id : undefined),
    load(id) {
      if (id === 'main')
        return `import url from ${JSON.stringify(path)}\nWebAssembly.compileStreaming(fetch(url))`
      return id === path ? { code: "export default '/a.wasm'", moduleType: 'js' } : undefined
    },
  }
}

/** The content is large enough to be hashed on another thread. */
async function writeWasm(name: string, version: number): Promise<string> {
  const path = join(root, name)
  await writeFile(path, Buffer.concat([Buffer.from('\0asm\x01\0\0\0'), Buffer.alloc(2 ** 24, version)]))
  return path
}

async function nameOfChunk(build: RollupBuild): Promise<string> {
  const { output } = await build.generate({ format: 'es', entryFileNames: '[name]-[hash].js' })
  await build.close()
  return output[0].fileName
}

test.each(bundlers)(
  '%s: a chunk has another name when the file it loads has changed, however large that is',
  async (_, start) => {
    const names: string[] = []
    for (const version of [1, 2]) {
      const path = await writeWasm('a.wasm', version)
      names.push(await nameOfChunk(await start({ input: 'main', plugins: [application(path), wasmCos()] })))
    }
    expect(names[0]).not.toBe(names[1])
  },
)

test.each(bundlers)('%s: also where another build has the same plugin', async (_, start) => {
  const other = await writeWasm('b.wasm', 1)
  const names: string[] = []
  for (const version of [1, 2]) {
    const path = await writeWasm('a.wasm', version)
    const plugin = wasmCos()
    const build = await start({ input: 'main', plugins: [application(path), plugin] })
    const second = await start({ input: 'main', plugins: [application(other), plugin] })
    // Rolldown builds when it is asked for output.
    names.push((await Promise.all([build, second].map(nameOfChunk)))[0]!)
  }
  expect(names[0]).not.toBe(names[1])
})

test.each(bundlers)('%s: and also where only a resolver knows the files of both', async (_, start) => {
  const aliased = (path: string): Plugin => ({
    name: 'aliased',
    resolveId: (id) => (id === 'main' ? id : id === 'the-file' || id === path ? path : undefined),
    load(id) {
      if (id === 'main') return "import url from 'the-file'\nWebAssembly.compileStreaming(fetch(url))"
      return id === path ? { code: "export default '/a.wasm'", moduleType: 'js' } : undefined
    },
  })
  const other = await writeWasm('b.wasm', 1)
  const names: string[] = []
  for (const version of [1, 2]) {
    const path = await writeWasm('a.wasm', version)
    const plugin = wasmCos()
    const build = await start({ input: 'main', plugins: [aliased(path), plugin] })
    const second = await start({ input: 'main', plugins: [aliased(other), plugin] })
    names.push((await Promise.all([build, second].map(nameOfChunk)))[0]!)
  }
  expect(names[0]).not.toBe(names[1])
})

test.each<[string, typeof rollup, typeof watchRollup]>([
  ['Rollup', rollup, watchRollup],
  ['Rolldown', rolldown as unknown as typeof rollup, watchRolldown as unknown as typeof watchRollup],
])('%s: a watcher forgets the files that a module does not name any more', async (_, start, watch) => {
  const input = join(root, 'main.js')
  const main =
    "import './other.js'; WebAssembly.compileStreaming(fetch(new URL('./a.wasm', import.meta.url)))"
  await writeFile(join(root, 'a.wasm'), '\0asm a')
  await writeFile(join(root, 'b.wasm'), '\0asm b')
  await writeFile(input, main)
  await writeFile(join(root, 'other.js'), "self.url = new URL('./b.wasm', import.meta.url)")
  const output = { dir: join(root, 'dist'), format: 'es', entryFileNames: '[name]-[hash].js' } as const
  let onWritten: (names: string[]) => void
  const nextNames = () => new Promise<string[]>((resolve) => (onWritten = resolve))
  const reporter: Plugin = {
    name: 'reporter',
    writeBundle: (_, bundle) => onWritten(Object.keys(bundle)),
  }
  const first = nextNames()
  const watcher = watch({ input, output, plugins: [reporter, wasmCos()] })
  onTestFinished(() => watcher.close())
  const before = await first
  const second = nextNames()
  await writeFile(join(root, 'other.js'), 'self.url = undefined')
  const after = await second
  expect(after).not.toEqual(before)
  expect(after).toEqual([await nameOfChunk(await start({ input, plugins: [wasmCos()] }))])
})
