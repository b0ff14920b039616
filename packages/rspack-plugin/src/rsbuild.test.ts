import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createRsbuild, type CreateRsbuildOptions, type RsbuildPlugin } from '@rsbuild/core'
import { createRsbuild as createRsbuild1 } from 'rsbuild1'
import { expect, onTestFinished, test } from 'vitest'
import wasmCos, { type WasmCosPlugin } from './index.ts'
import wasmCosForRsbuild from './rsbuild.ts'

const root = join(import.meta.dirname, '..')

/** An application that queries SQLite, below this package so that its dependencies resolve. */
async function createProject(): Promise<string> {
  await mkdir(join(root, '.cache'), { recursive: true })
  const folder = await mkdtemp(join(root, '.cache/project-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))
  const main = `import initSqlJs from 'sql.js'
initSqlJs({ locateFile: () => new URL('sql.js/dist/sql-wasm.wasm', import.meta.url).href })
  .then((SQL) => console.log(new SQL.Database().exec('SELECT 6 * 7')))`
  await writeFile(join(folder, 'main.js'), main)
  return folder
}

/** The files of a folder that end so, with their content. */
async function read(folder: string, ending: string): Promise<[name: string, content: Buffer][]> {
  const names = await readdir(folder, { recursive: true })
  const found = names.filter((name) => name.endsWith(ending)).toSorted()
  return Promise.all(found.map(async (name) => [name, await readFile(join(folder, name))] as const))
}

const configure = (folder: string, plugin: WasmCosPlugin): CreateRsbuildOptions => ({
  cwd: folder,
  config: {
    mode: 'production',
    logLevel: 'silent',
    source: { entry: { index: './main.js' } },
    output: { distPath: { root: 'out' } },
    tools: {
      rspack: { resolve: { fallback: { fs: false, path: false, crypto: false } }, plugins: [plugin] },
    },
  },
})

test.each([
  ['Rsbuild 2', createRsbuild],
  ['Rsbuild 1', createRsbuild1 as unknown as typeof createRsbuild],
])('%s takes it as a plugin in tools.rspack', { timeout: 60_000 }, async (_, create) => {
  const folder = await createProject()
  const rsbuild = await create(configure(folder, wasmCos({ manifest: true })))
  const { close } = await rsbuild.build()
  await close()

  const [[file, bytes]] = (await read(join(folder, 'out'), '.wasm')) as [[string, Buffer]]
  const hash = createHash('sha256').update(bytes).digest('hex')
  const [[, manifest]] = (await read(join(folder, 'out'), 'wasm-cos.manifest.json')) as [[string, Buffer]]
  expect(JSON.parse(manifest.toString()).files).toMatchObject([{ file, hash: { value: hash }, origins: '*' }])
  const scripts = await read(join(folder, 'out'), '.js')
  const carrying = scripts.filter(([, code]) =>
    code.includes(`wasmHash={algorithm:"SHA-256",value:"${hash}"}`),
  )
  expect(carrying.length).toBeGreaterThan(0)
  expect(carrying.every(([, code]) => code.includes(`["${file}",${bytes.length},wasmHash`))).toBe(true)
})

test.each([
  ['Rsbuild 2', createRsbuild],
  ['Rsbuild 1', createRsbuild1 as unknown as typeof createRsbuild],
])(
  '%s takes its own plugin, which shares the public folder, also with glue in it, and prints the table',
  { timeout: 60_000 },
  async (_, create) => {
    const folder = await createProject()
    await mkdir(join(folder, 'public/deep'), { recursive: true })
    const bytes = Buffer.from('\0asm\x01\0\0\0')
    await writeFile(join(folder, 'public/deep/answer.wasm'), bytes)
    await writeFile(join(folder, 'main.js'), "WebAssembly.instantiateStreaming(fetch('/deep/answer.wasm'))")
    const glue = "WebAssembly.instantiateStreaming(fetch('/deep/glue.wasm'))"
    await writeFile(join(folder, 'public/deep/glue.js'), glue)
    await writeFile(join(folder, 'public/deep/glue.wasm'), Buffer.concat([bytes, Buffer.from([0, 1, 0])]))
    const printed: unknown[] = []
    // Rsbuild 1 has kept the console's function when it was loaded.
    const listener: RsbuildPlugin = {
      name: 'listener',
      setup: ({ logger }) => logger.override({ info: (text) => printed.push(text) }),
    }
    const rsbuild = await create({
      cwd: folder,
      config: {
        mode: 'production',
        source: { entry: { index: './main.js' } },
        output: { distPath: { root: 'out' } },
        plugins: [listener, wasmCosForRsbuild()],
      },
    })
    const { close } = await rsbuild.build()
    await close()

    const hash = createHash('sha256').update(bytes).digest('hex')
    const scripts = await read(join(folder, 'out'), '.js')
    expect(scripts.some(([, code]) => code.includes(hash))).toBe(true)
    expect(printed.join('\n')).toMatch(/shared through Cross-Origin Storage\n.*deep\/answer\.wasm/)
    expect(await readFile(join(folder, 'out/deep/glue.js'), 'utf8')).toContain('cosFetch_')
    expect(printed.join('\n')).toMatch(/deep\/glue\.wasm .*← .*deep\/glue\.js/)
  },
)
