import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import type { BuildOptions, Metafile, Plugin } from 'esbuild'
import { describe, expect, test } from 'vitest'
import wasmCos, { type WasmCosOptions } from './index.ts'
import { buildOptions, embeddedHashes, positionOf } from './testing/build-options.ts'
import { esbuilds } from './testing/esbuilds.ts'
import { answerWasm, createProject, load, type Project, show } from './testing/project.ts'

const sources = {
  'src/answer.wasm': answerWasm(42),
  'src/load.js': load,
  'src/show.js': show,
  'src/main.js': `
    import url from './answer.wasm'
    import { load } from './load.js'
    import { show } from './show.js'
    show(() => load(url))
  `,
}

/** Entries that share chunks, of which two mention each other and one has nothing to do with wasm. */
const splitSources = {
  ...sources,
  'src/main.js': `
    import { load } from './load.js'
    import { show } from './show.js'
    export const compute = async () => load((await import('./lazy.js')).url)
    show(compute)
  `,
  'src/second.js': `
    import { load } from './load.js'
    import('./lazy.js').then(({ url }) => load(url))
  `,
  'src/lazy.js': `
    import url from './answer.wasm'
    export { url }
    export const back = () => import('./other.js')
    export const load = () => fetch(url)
  `,
  'src/other.js': `
    export const forth = () => import('./lazy.js')
  `,
  'src/plain.js': `
    export const plain = () => import('./plain-lazy.js')
  `,
  'src/plain-lazy.js': `
    export const text = 'nothing of wasm'
  `,
}

const splitOptions: BuildOptions = {
  entryPoints: ['src/main.js', 'src/second.js', 'src/plain.js'],
  splitting: true,
  format: 'esm',
  entryNames: '[dir]/[name]-[hash]',
}

describe.each(esbuilds)('%s', (_, esbuild) => {
  describe.each(['esm', 'iife', 'cjs'] as const)('format %s', (format) => {
    test.each([false, true])('the chunk carries the hash of the file on disk, minify: %s', async (minify) => {
      const project = await createProject(sources)
      await build(project, { format, minify })
      expect(embeddedHashes(await project.read('dist/main.js'))).toEqual([
        await hashOnDisk(project, /\.wasm$/),
      ])
    })
  })

  test('a file copied as an entry point and fetched by its path is shared too', async () => {
    const project = await createProject({
      ...sources,
      'src/main.js': `import { load } from './load.js'; load('answer.wasm')`,
    })
    await build(project, { entryPoints: ['src/main.js', 'src/answer.wasm'], loader: { '.wasm': 'copy' } })
    expect(embeddedHashes(await project.read('dist/main.js'))).toEqual([
      await hashOnDisk(project, /answer\.wasm$/),
    ])
  })

  describe('source maps', () => {
    const lines = load.split('\n')
    const line = lines.findIndex((line) => line.includes('instance.exports'))
    const column = lines[line]!.indexOf('instance.exports')

    test.each(['linked', 'external', 'inline', 'both'] as const)('%s', async (sourcemap) => {
      for (const minify of [false, true]) {
        const project = await createProject(sources)
        await build(project, { sourcemap, minify, format: 'esm' })
        const code = await project.read('dist/main.js')
        expect(embeddedHashes(code)).toHaveLength(1)
        const inline = /sourceMappingURL=data:application\/json;base64,(\S+)\s*$/.exec(code)?.[1]
        const maps = [
          ...(inline === undefined ? [] : [Buffer.from(inline, 'base64').toString()]),
          ...(sourcemap === 'inline' ? [] : [await project.read('dist/main.js.map')]),
        ]
        expect(maps).toHaveLength(sourcemap === 'both' ? 2 : 1)
        expect(code.includes('//# sourceMappingURL=main.js.map')).toBe(sourcemap === 'linked')
        for (const map of maps) {
          const at = positionOf(code, '.exports.answer')
          // The generated name of \`instance\` stands before it.
          const found = originalPositionFor(new TraceMap(map), { ...at, column: at.column - 1 })
          expect(found).toMatchObject({ source: '../src/load.js', line: line + 1, column })
        }
      }
    })
  })

  describe('the metafile', () => {
    test('has the sizes and names of the files on disk', async () => {
      const project = await createProject(splitSources)
      const { metafile } = await build(
        project,
        { ...splitOptions, metafile: true, sourcemap: true },
        { manifest: true },
      )
      await expectTrueMetafile(project, metafile!)
      expect(Object.keys(metafile!.outputs)).toContain('dist/wasm-cos.manifest.json')
    })

    test('is not there for those who did not ask', async () => {
      const project = await createProject(sources)
      expect(await build(project)).toMatchObject({ metafile: undefined, outputFiles: undefined })
    })
  })

  describe('names with a hash', () => {
    test('every mention of a file names one that is there', async () => {
      const project = await createProject(splitSources)
      await build(project, { ...splitOptions, sourcemap: true }, { manifest: true })
      const files = await project.files()
      const mentioned = Object.entries(files)
        .filter(([name]) => !name.endsWith('.wasm'))
        .flatMap(([, content]) => content.toString().match(/[\w-]+-[A-Z2-7]{8}\.[\w.]+/g) ?? [])
        .map((mention) => mention.replace(/\.$/, ''))
      expect(mentioned.length).toBeGreaterThan(6)
      expect(mentioned.filter((name) => !(name in files))).toEqual([])
    })

    test('are the same every time', async () => {
      const [first, second] = [await createProject(splitSources), await createProject(splitSources)]
      await Promise.all([build(first, splitOptions), build(second, splitOptions)])
      expect(await first.files()).toEqual(await second.files())
    })

    test('differ from those of esbuild, and change with the options, up to the entries', async () => {
      const project = await createProject(splitSources)
      const entriesOf = async (options?: WasmCosOptions | false) => {
        const { metafile } = await build(project, { ...splitOptions, metafile: true }, options)
        return Object.entries(metafile!.outputs).flatMap(([name, { entryPoint }]) =>
          entryPoint === undefined ? [] : [[entryPoint, name] as const],
        )
      }
      const [plain, standard, other] = [
        Object.fromEntries(await entriesOf(false)),
        Object.fromEntries(await entriesOf()),
        Object.fromEntries(await entriesOf({ lookupTimeout: 5 })),
      ]
      for (const entry of ['src/main.js', 'src/second.js', 'src/lazy.js', 'src/other.js'])
        expect(new Set([plain[entry], standard[entry], other[entry]])).toHaveProperty('size', 3)
      for (const entry of ['src/plain.js', 'src/plain-lazy.js'])
        expect(new Set([plain[entry], standard[entry], other[entry]])).toHaveProperty('size', 1)
    })

    test('change with the wasm, also where its own name has no hash', async () => {
      const project = await createProject(splitSources)
      const options = { ...splitOptions, assetNames: '[name]' }
      await build(project, options)
      const before = await project.files()
      await project.write('src/answer.wasm', answerWasm(7))
      await build(project, { ...options, outdir: 'dist2' })
      const after = await project.files('dist2')
      const common = Object.keys(after).filter((name) => name in before)
      expect(common.map((name) => name.replace(/-[A-Z2-7]{8}/, ''))).toEqual([
        'answer.wasm',
        'plain.js',
        'plain-lazy.js',
      ])
    })

    test('a name that only looks like one stays', async () => {
      const project = await createProject({ ...sources, 'src/main-ABCDEFGH.js': sources['src/main.js'] })
      await build(project, { entryPoints: ['src/main-ABCDEFGH.js'] })
      expect(embeddedHashes(await project.read('dist/main-ABCDEFGH.js'))).toHaveLength(1)
    })

    test.each(['[hash]/[name]', '[dir]/[hash]', 'js/[name].[hash].chunk'])(
      'the template %s',
      async (entryNames) => {
        const project = await createProject(sources)
        await build(project, { entryNames, sourcemap: true, minify: true })
        await build(project, { entryNames, sourcemap: true, minify: true, outdir: 'plain' }, false)
        const names = async (folder: string) =>
          Object.keys(await project.files(folder)).filter((name) => !name.endsWith('.wasm'))
        const [ours, plain] = [await names('dist'), await names('plain')]
        expect(ours).toHaveLength(2)
        expect(ours.map((name) => name.length)).toEqual(plain.map((name) => name.length))
        expect(ours.filter((name) => plain.includes(name))).toEqual([])
        const script = ours.find((name) => name.endsWith('.js'))!
        expect(await project.read(`dist/${script}`)).toContain(
          `//# sourceMappingURL=${script.split('/').at(-1)}.map`,
        )
      },
    )
  })

  test('chunks without wasm are as they were, byte for byte', async () => {
    const project = await createProject(splitSources)
    await build(project, { ...splitOptions, entryNames: '[name]' })
    await build(project, { ...splitOptions, entryNames: '[name]', outdir: 'plain' }, false)
    const [ours, plain] = [await project.files(), await project.files('plain')]
    const same = Object.keys(plain).filter((name) => ours[name]?.equals(plain[name]!))
    expect(same.map((name) => name.replace(/-[A-Z2-7]{8}/, ''))).toEqual([
      'answer.wasm',
      'plain-lazy.js',
      'plain.js',
    ])
  })

  test('write: false gives what write: true writes', async () => {
    const project = await createProject(splitSources)
    const { outputFiles } = await build(project, { ...splitOptions, write: false, sourcemap: true })
    await expect(project.files()).rejects.toThrow('ENOENT')
    await build(project, { ...splitOptions, sourcemap: true })
    const given = outputFiles!.map(
      ({ path, contents }) => [path.slice(project.path('dist/').length), Buffer.from(contents)] as const,
    )
    expect(Object.fromEntries(given)).toEqual(await project.files())
    for (const file of outputFiles!) expect(file.text).toBe(Buffer.from(file.contents).toString())
  })

  test('a build that fails writes nothing', async () => {
    const project = await createProject({ ...sources, 'src/main.js': 'this is no JavaScript' })
    await expect(build(project)).rejects.toThrow('Expected ";"')
    await expect(project.files()).rejects.toThrow('ENOENT')
  })

  test('an object of options serves several builds', async () => {
    const project = await createProject(sources)
    const options = buildOptions(project)
    const before = { ...options }
    await esbuild.build(options)
    await esbuild.build(options)
    expect(options).toMatchObject(before)
    expect({ ...options, write: undefined, metafile: undefined }).toEqual({
      ...before,
      write: undefined,
      metafile: undefined,
    })
    expect(embeddedHashes(await project.read('dist/main.js'))).toHaveLength(1)
  })

  test('an output never overwrites a source', async () => {
    const project = await createProject(sources)
    await expect(build(project, { outdir: 'src' })).rejects.toThrow('Refusing to overwrite input file')
    expect(await project.read('src/main.js')).toBe(sources['src/main.js'])
  })

  test('a build without an output path prints', async () => {
    const project = await createProject({ 'src/main.js': 'export const text = "printed"' })
    const printed: unknown[] = []
    const { log } = console
    console.log = (text) => void printed.push(text)
    try {
      await esbuild.build({
        absWorkingDir: project.folder,
        entryPoints: ['src/main.js'],
        plugins: [wasmCos()],
      })
    } finally {
      console.log = log
    }
    expect(printed).toEqual(['export const text = "printed";'])
  })

  test('a script with a hashbang can be run', async () => {
    const project = await createProject({ 'src/main.js': '#!/usr/bin/env node\nalert()' })
    await build(project)
    expect((await stat(project.path('dist/main.js'))).mode & 0o111).not.toBe(0)
  })

  describe('contexts', () => {
    test('a rebuild takes up a changed wasm, leaves what is the same and removes what is gone', async () => {
      const project = await createProject(splitSources)
      const context = await esbuild.context(buildOptions(project, splitOptions))
      try {
        await context.rebuild()
        const [before, times] = [await project.files(), await modifiedTimes(project)]
        await context.rebuild()
        expect(await modifiedTimes(project)).toEqual(times)

        await project.write('src/answer.wasm', answerWasm(7))
        await context.rebuild()
        const after = await project.files()
        expect(Object.keys(after)).toHaveLength(Object.keys(before).length)
        expect(
          Object.keys(after)
            .filter((name) => name in before)
            .map((name) => name.replace(/-[A-Z2-7]{8}/, '')),
        ).toEqual(['plain.js', 'plain-lazy.js'])
        expect(allHashes(after)).toEqual(new Set([await hashOnDisk(project, /\.wasm$/)]))
      } finally {
        await context.dispose()
      }
    })

    test('watching, a changed wasm gives a new hash', async () => {
      const project = await createProject(sources)
      const builds = eventQueue<string>()
      const reporter: Plugin = {
        name: 'reporter',
        setup: ({ onEnd }) => onEnd(async () => builds.put(await project.read('dist/main.js'))),
      }
      const context = await esbuild.context(buildOptions(project, { plugins: [wasmCos(), reporter] }))
      try {
        await context.watch()
        const [first] = embeddedHashes(await builds.next())
        await project.write('src/answer.wasm', answerWasm(7))
        const [second] = embeddedHashes(await builds.next())
        expect(second).not.toBe(first)
        expect(second).toBe(sha256(answerWasm(7)))
      } finally {
        await context.dispose()
      }
    })

    test('serving is development: what is served is not edited', async () => {
      const project = await createProject(sources)
      const context = await esbuild.context(buildOptions(project))
      try {
        const { port } = await context.serve({ host: '127.0.0.1' })
        const response = await fetch(`http://127.0.0.1:${port}/main.js`)
        const code = await response.text()
        expect(response.status).toBe(200)
        expect(code).toContain('instantiateStreaming')
        expect(embeddedHashes(code)).toEqual([])
      } finally {
        await context.dispose()
      }
    })
  })

  describe('other plugins', () => {
    test('those that run afterwards find the output as it ships', async () => {
      const project = await createProject(splitSources)
      const seen: Record<string, string> = {}
      const reader: Plugin = {
        name: 'reader',
        setup: ({ onEnd, initialOptions }) => {
          initialOptions.metafile = true
          onEnd(async ({ metafile, outputFiles }) => {
            expect(outputFiles).toBeUndefined()
            await expectTrueMetafile(project, metafile!)
            Object.assign(seen, await project.files())
          })
        },
      }
      const { metafile } = await build(project, { ...splitOptions, plugins: [wasmCos(), reader] })
      expect(allHashes(seen as never)).toHaveProperty('size', 1)
      expect(metafile).toBeDefined()
    })

    test('one that asks for write: false in its set-up gets the edited files to write', async () => {
      const project = await createProject(sources)
      const texts: string[] = []
      const writer: Plugin = {
        name: 'writer',
        setup: ({ onEnd, initialOptions }) => {
          initialOptions.write = false
          onEnd(({ outputFiles }) => void texts.push(...outputFiles!.map(({ text }) => text)))
        },
      }
      await build(project, { plugins: [wasmCos(), writer] })
      expect(texts.flatMap(embeddedHashes)).toEqual([sha256(answerWasm(42))])
      await expect(project.files()).rejects.toThrow('ENOENT')
    })

    test.each([true, false])('one that changes wasm afterwards fails the build, write: %s', async (write) => {
      const project = await createProject(sources)
      const optimizer: Plugin = {
        name: 'optimizer',
        setup: ({ onEnd }) =>
          onEnd(async ({ outputFiles }) => {
            const file = outputFiles?.find(({ path }) => path.endsWith('.wasm'))
            if (file === undefined) {
              const name = Object.keys(await project.files()).find((name) => name.endsWith('.wasm'))
              await project.write(`dist/${name}`, answerWasm(7))
            } else file.contents = answerWasm(7)
          }),
      }
      await expect(build(project, { write, plugins: [wasmCos(), optimizer] })).rejects.toThrow(
        /answer-\w{8}\.wasm was changed after its hash was embedded/,
      )
      await build(project, { write, plugins: [optimizer] })
    })

    test('the plugin twice edits once', async () => {
      const project = await createProject(sources)
      await build(project, { plugins: [wasmCos(), wasmCos()] })
      expect(embeddedHashes(await project.read('dist/main.js'))).toHaveLength(1)
    })
  })

  describe('messages', () => {
    test.each(['binary', 'base64', 'dataurl'] as const)('wasm inlined by the loader %s', async (loader) => {
      const project = await createProject(sources)
      const options = { loader: { '.wasm': loader } }
      const { warnings } = await build(project, options)
      expect(warnings.map(({ text }) => text)).toEqual([
        expect.stringContaining('main.js carries a wasm module as base64'),
      ])
      await expect(build(project, { ...options, outdir: 'strict' }, { strict: true })).rejects.toThrow(
        'main.js carries',
      )
      await expect(project.files('strict')).rejects.toThrow('ENOENT')
    })

    test('a build for Node is left alone, with one warning', async () => {
      const project = await createProject(sources)
      const { warnings } = await build(project, { platform: 'node' })
      expect(warnings.map(({ text }) => text)).toEqual([
        expect.stringMatching(/^src\/answer\.wasm: not shared .* for Node/),
      ])
      expect(embeddedHashes(await project.read('dist/main.js'))).toEqual([])
      await expect(build(project, { platform: 'node' }, { strict: true })).rejects.toThrow('for Node')
    })

    test('a bad option is a build error', async () => {
      const project = await createProject(sources)
      await expect(build(project, {}, { origins: ['https://a.example/path'] })).rejects.toThrow(
        'write it as the browser does',
      )
    })

    test('the manifest names what was written', async () => {
      const project = await createProject(splitSources)
      await build(project, splitOptions, { manifest: 'share.json' })
      const files = await project.files()
      const [file, ...others] = JSON.parse(files['share.json']!.toString()).files
      expect(others).toEqual([])
      expect(file).toMatchObject({
        source: 'src/answer.wasm',
        origins: [],
        hash: { value: sha256(files[file.file]!) },
      })
      expect(file.chunks.length).toBeGreaterThan(0)
      for (const chunk of file.chunks) expect(embeddedHashes(files[chunk]!.toString())).toHaveLength(1)
    })

    test("a dependency's file is for any site", async () => {
      const project = await createProject({
        'src/main.js': `
          import initSqlJs from 'sql.js'
          import url from 'sql.js/dist/sql-wasm.wasm'
          initSqlJs({ locateFile: () => url })
        `,
      })
      await build(project, { external: ['fs', 'path', 'crypto'] }, { manifest: true })
      const { files } = JSON.parse(await project.read('dist/wasm-cos.manifest.json'))
      expect(files).toMatchObject([{ origins: '*' }])
    })
  })

  function build(project: Project, options: BuildOptions = {}, wasmCosOptions?: WasmCosOptions | false) {
    return esbuild.build(buildOptions(project, options, wasmCosOptions))
  }
})

function allHashes(files: Record<string, Buffer>): Set<string> {
  return new Set(Object.values(files).flatMap((content) => embeddedHashes(content.toString())))
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

async function hashOnDisk(project: Project, name: RegExp): Promise<string> {
  const [, content] = Object.entries(await project.files()).find(([path]) => name.test(path))!
  return sha256(content)
}

async function modifiedTimes(project: Project): Promise<number[]> {
  const names = Object.keys(await project.files())
  return Promise.all(names.map(async (name) => (await stat(project.path(join('dist', name)))).mtimeMs))
}

async function expectTrueMetafile(project: Project, { outputs }: Metafile): Promise<void> {
  const files = await project.files()
  const sizes = Object.entries(files).map(([name, { byteLength }]) => [`dist/${name}`, byteLength])
  expect(Object.fromEntries(Object.entries(outputs).map(([name, { bytes }]) => [name, bytes]))).toEqual(
    Object.fromEntries(sizes),
  )
  const imported = Object.values(outputs).flatMap(({ imports }) => imports.map(({ path }) => path))
  expect(imported.length).toBeGreaterThan(0)
  expect(imported.filter((path) => !(path in outputs))).toEqual([])
}

/** Hands events to those who wait for them, in order. */
function eventQueue<T>() {
  const events: T[] = []
  const waiting: ((event: T) => void)[] = []
  return {
    put(event: T) {
      const taker = waiting.shift()
      if (taker === undefined) events.push(event)
      else taker(event)
    },
    next: () =>
      new Promise<T>((resolve) => (events.length > 0 ? resolve(events.shift()!) : waiting.push(resolve))),
  }
}
