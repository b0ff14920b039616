import { rm } from 'node:fs/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { embeddedHashes, sha256 } from '@wasm-cos/harness/hash'
import { originalPositionFor, sourceContentFor, TraceMap } from '@jridgewell/trace-mapping'
import type { BuildOptions, Plugin, PluginBuild } from 'esbuild'
import { describe, expect, test, vi } from 'vitest'
import wasmCos from './index.ts'
import { build, buildOptions } from './testing/build.ts'
import { eventQueue } from './testing/event-queue.ts'
import { positionOf } from './testing/output.ts'
import { esbuilds } from './testing/esbuilds.ts'
import { answerWasm, createProject } from './testing/project.ts'

const main = `
  const urls = [new URL('./deep/answer.wasm', import.meta.url), new URL("deep/answer.wasm", import.meta.url)]; urls.forEach(fetch)
  export const after = import.meta.url
`

const sources = { 'src/deep/answer.wasm': answerWasm(42), 'src/main.js': main }

describe.each(esbuilds)('%s', (_, esbuild) => {
  test('a file that a URL names is emitted once, and the URL is its own', async () => {
    const project = await createProject(sources)
    await build(esbuild, project, { format: 'esm', entryNames: 'js/[name]', assetNames: 'wasm/[name]' })
    const files = await project.files()
    expect(Object.keys(files)).toEqual(['js/main.js', 'wasm/answer.wasm'])
    const code = files['js/main.js']!.toString()
    expect(code).toContain('"../wasm/answer.wasm"')
    expect(code).toContain('after = import.meta.url')
    expect(embeddedHashes(code)).toHaveLength(1)
  })

  test.each<[string, BuildOptions]>([
    ['entries in folders', {}],
    [
      'chunks in a folder',
      { entryNames: '[name]-[hash]', chunkNames: 'chunks/[name]-[hash]', outbase: 'src/a' },
    ],
    ['assets in a folder', { assetNames: 'wasm/[hash]', loader: { '.wasm': 'copy' } }],
  ])('chunks that share a file find it, with splitting and %s', async (_, options) => {
    const module = "export const url = new URL('../deep/answer.wasm', import.meta.url); fetch(url)"
    const project = await createProject({ ...sources, 'src/a/one.js': module, 'src/b/two.js': module })
    const entryPoints = ['src/a/one.js', 'src/b/two.js']
    const result = await build(esbuild, project, { format: 'esm', splitting: true, entryPoints, ...options })
    expect(result.warnings).toEqual([])
    const files = await project.files()
    const wasm = Object.keys(files).filter((name) => name.endsWith('.wasm'))
    expect(wasm).toHaveLength(1)
    const chunks = Object.keys(files).filter((name) => /(one|two)\b[^/]*\.js$/.test(name))
    expect(chunks).toHaveLength(2)
    vi.stubGlobal('fetch', () => {})
    for (const chunk of chunks) {
      const { url } = await import(/* @vite-ignore */ pathToFileURL(project.path(`dist/${chunk}`)).href)
      expect(fileURLToPath(url)).toBe(project.path(`dist/${wasm}`))
    }
    vi.unstubAllGlobals()
  })

  test('it is a URL that names it, whatever other plugins make of imports', async () => {
    const project = await createProject({
      'src/an answer.wasm': answerWasm(42),
      'src/main.js': `fetch(new URL('an%20answer.wasm', import.meta.url))`,
    })
    const stubs: Plugin = {
      name: 'stubs',
      setup: ({ onResolve, onLoad }) => {
        onResolve({ filter: /wasm$/ }, ({ path }) => ({ path, namespace: 'stub' }))
        onLoad({ filter: /./, namespace: 'stub' }, () => ({ contents: 'export default "stub"' }))
      },
    }
    await build(esbuild, project, { format: 'esm', plugins: [wasmCos(), stubs] })
    expect(Object.keys(await project.files())).toEqual([
      expect.stringMatching(/^an answer-\w{8}\.wasm$/),
      'main.js',
    ])
    expect(embeddedHashes(await project.read('dist/main.js'))).toHaveLength(1)
  })

  test.each<[string, BuildOptions]>([
    ['all wasm is external', { external: ['*.wasm'] }],
    ['a folder is external', { external: ['./src/*'] }],
    [
      'paths stand for others',
      { tsconfigRaw: { compilerOptions: { paths: { '*.wasm': ['./src/stub.js'] } } } },
    ],
    ['another extension is inlined', { loader: { '.wasm': 'file', '.deep.wasm': 'binary' } }],
  ])('it is a URL that names it, although %s', async (_, options) => {
    const project = await createProject({
      'src/answer.deep.wasm': answerWasm(42),
      'src/stub.js': 'export default "stub"',
      'src/main.js': `fetch(new URL('./answer.deep.wasm', import.meta.url))`,
    })
    await build(esbuild, project, { format: 'esm', ...options })
    expect(Object.keys(await project.files())).toEqual([
      expect.stringMatching(/^answer\.deep-\w{8}\.wasm$/),
      'main.js',
    ])
    expect(embeddedHashes(await project.read('dist/main.js'))).toHaveLength(1)
  })

  test.each<[string, string, BuildOptions]>([
    ['file', "import url from './data.mjs'; console.log(url)", { loader: { '.mjs': 'file' } }],
    ['copy', "console.log(import('./data.mjs'))", { loader: { '.mjs': 'copy' } }],
    ['text', "import text from './data.mjs'; console.log(text)", { loader: { '.mjs': 'text' } }],
    [
      'of a longer extension',
      "import url from './data.worker.js'; fetch(url)",
      { loader: { '.worker.js': 'file' } },
    ],
    ['text by its import', "import text from './data.mjs' with { type: 'text' }; console.log(text)", {}],
  ])('a module that ships as data is what it was: %s', async (_, code, options) => {
    const data = "export default fetch(new URL('./deep/answer.wasm', import.meta.url))"
    const project = await createProject({
      ...sources,
      'src/main.js': code,
      'src/data.mjs': data,
      'src/data.worker.js': data,
    })
    const all = { format: 'esm', assetNames: '[name]', ...options } as const
    const [before, after] = [{ ...all, outdir: 'before' }, all]
    const built = await build(esbuild, project, before, false).then(
      () => true,
      () => false,
    )
    // Attributes of another type are known to newer versions only.
    if (!built) return await expect(build(esbuild, project, after)).rejects.toThrow()
    await build(esbuild, project, after)
    expect(await project.files()).toEqual(await project.files('before'))
  })

  test('a package may be named', async () => {
    const project = await createProject({
      'src/main.js': `fetch(new URL('sql.js/dist/sql-wasm.wasm', import.meta.url))`,
    })
    await build(esbuild, project, { format: 'esm' })
    expect(Object.keys(await project.files())).toEqual([
      'main.js',
      expect.stringMatching(/^sql-wasm-\w{8}\.wasm$/),
    ])
  })

  test.each([undefined, 'copy', 'binary', 'empty'] as const)(
    'whatever the loader of .wasm is: %s',
    async (loader) => {
      const project = await createProject(sources)
      await build(esbuild, project, {
        format: 'esm',
        loader: loader === undefined ? {} : { '.wasm': loader },
      })
      expect(Object.keys(await project.files())).toHaveLength(2)
    },
  )

  test('TypeScript and JSX stay what they are', async () => {
    const project = await createProject({
      ...sources,
      'src/main.js': `import './a.ts'; import './b.jsx'`,
      'src/a.ts': `const url: URL = new URL('./deep/answer.wasm', import.meta.url); fetch(url satisfies URL)`,
      'src/b.jsx': `console.log(<a href={new URL('./deep/answer.wasm', import.meta.url).href} />)`,
    })
    await build(esbuild, project, { format: 'esm', jsx: 'automatic', external: ['react/jsx-runtime'] })
    const { 'main.js': code } = await project.files()
    expect(code!.toString().match(/new URL\(answer_default/g)).toHaveLength(2)
  })

  test('a file that is missing can be excluded, and its module is another plugin’s to load', async () => {
    const project = await createProject({
      'src/main.js': "fetch(new URL('deep/none.wasm', import.meta.url))",
    })
    const compiler: Plugin = {
      name: 'compiler',
      setup: ({ onLoad }) => onLoad({ filter: /main\.js$/ }, () => ({ contents: 'document.title = "mine"' })),
    }
    const options = { exclude: '**/none.wasm', strict: true }
    const { warnings } = await build(esbuild, project, { format: 'esm', plugins: [wasmCos(options)] })
    expect(warnings).toEqual([])
    await build(esbuild, project, { plugins: [wasmCos(), compiler] })
    expect((await project.files())['main.js']!.toString()).toContain('mine')
  })

  test('a file that is missing is reported, and its URL stays', async () => {
    const project = await createProject({
      'src/main.js': `\n  fetch(new URL('./none.wasm', import.meta.url))`,
    })
    const { warnings } = await build(esbuild, project, { format: 'esm' })
    expect(warnings).toMatchObject([
      {
        text: expect.stringContaining('"./none.wasm" is not there at build time'),
        location: { file: 'src/main.js', line: 2, column: 16 },
      },
    ])
    expect(await project.read('dist/main.js')).toContain('new URL("./none.wasm", import.meta.url)')
  })

  test('a single build prints that a file is missing', async () => {
    const project = await createProject({ 'src/main.js': "fetch(new URL('./none.wasm', import.meta.url))" })
    const printed = vi.spyOn(console, 'error').mockImplementation(() => {})
    await build(esbuild, project, { format: 'esm', logLevel: 'warning' })
    expect(printed.mock.calls.join()).toMatch(
      /"\.\/none\.wasm" is not there at build time[^]*src\/main\.js:1:14/,
    )
    printed.mockRestore()
  })

  test.each(['iife', 'cjs'] as const)('format %s has no import.meta, and does without', async (format) => {
    const project = await createProject({
      ...sources,
      'src/main.js': `fetch(new URL('./deep/answer.wasm', import.meta.url))`,
    })
    /** The bundle without what core adds, which looks for the script too. */
    const bundled = async () =>
      (await project.read('dist/main.js')).replaceAll(
        /^.*(?:function cosFetch_|cosFetch_\w+_script=).*$/gm,
        '',
      )
    const { warnings } = await build(esbuild, project, { format })
    expect(warnings).toEqual([])
    expect(await bundled()).toContain('document.currentScript')
    await build(esbuild, project, { format, define: { 'import.meta.url': '"https://example.com/"' } })
    expect(await bundled()).not.toContain('document.currentScript')
  })

  describe('source maps', () => {
    test("of the application's code have its text and its positions", async () => {
      const project = await createProject(sources)
      await build(esbuild, project, { format: 'esm', sourcemap: true })
      const code = await project.read('dist/main.js')
      const map = new TraceMap(await project.read('dist/main.js.map'))
      expect(map.sources).toContain('../src/main.js')
      expect(sourceContentFor(map, '../src/main.js')).toBe(main)
      for (const [generated, original] of [
        ['urls.forEach', 'urls.forEach'],
        ['forEach(', 'forEach('],
        ['import.meta.url;', 'import.meta.url\n'],
      ] as const) {
        expect(originalPositionFor(map, positionOf(code, generated))).toMatchObject({
          source: '../src/main.js',
          ...positionOf(main, original),
        })
      }
    })

    test('that a module brings along stay true', async () => {
      const original = `const url: URL = new URL('./answer.wasm', import.meta.url); export const run = () => fetch(url)`
      const project = await createProject({
        'src/main.js': `export { run } from './lib/lib.js'`,
        'src/lib/answer.wasm': answerWasm(1),
      })
      const { code, map } = await esbuild.transform(original, {
        loader: 'ts',
        sourcemap: true,
        sourcefile: 'lib.ts',
        minifyWhitespace: true,
      })
      await project.write('src/lib/lib.js', `${code}//# sourceMappingURL=lib.js.map\n`)
      await project.write('src/lib/lib.js.map', map)
      await build(esbuild, project, { format: 'esm', sourcemap: true })
      const bundle = await project.read('dist/main.js')
      const trace = new TraceMap(await project.read('dist/main.js.map'))
      expect(sourceContentFor(trace, '../src/lib/lib.ts')).toBe(original)
      expect(originalPositionFor(trace, positionOf(bundle, 'run = ('))).toMatchObject({
        source: '../src/lib/lib.ts',
        ...positionOf(original, 'run = ('),
      })
    })
  })

  test('a plugin that is listed before loads its own files', async () => {
    const project = await createProject(sources)
    const loader: Plugin = {
      name: 'loader',
      setup: ({ onLoad }) => onLoad({ filter: /main\.js$/ }, () => ({ contents: 'alert("mine")' })),
    }
    await build(esbuild, project, { plugins: [loader, wasmCos()] })
    expect(Object.keys(await project.files())).toEqual(['main.js'])
  })

  test('JSX is left to a plugin that is listed later and may compile it, with a warning', async () => {
    const project = await createProject({
      'src/main.js': "import './view.jsx'",
      'src/view.jsx': "fetch(new URL('./deep/answer.wasm', import.meta.url)); document.body.append(<p />)",
      'src/deep/answer.wasm': answerWasm(42),
    })
    const compiler: Plugin = {
      name: 'compiler',
      setup: ({ onLoad }) =>
        onLoad({ filter: /\.jsx$/ }, () => ({ contents: 'document.title = "compiled"' })),
    }
    const { warnings } = await build(esbuild, project, { format: 'esm', plugins: [wasmCos(), compiler] })
    expect((await project.files())['main.js']!.toString()).toContain('compiled')
    expect(warnings.map(({ text }) => text)).toEqual([
      expect.stringMatching(/view\.jsx has new URL\(\) .* which compiler may compile: it was left as it is/),
    ])
    const strict = build(esbuild, project, { format: 'esm', plugins: [wasmCos({ strict: true }), compiler] })
    await expect(strict).rejects.toThrow('view.jsx has new URL()')
  })

  test('watching, a wasm that only a URL names is watched', async () => {
    const project = await createProject(sources)
    const builds = eventQueue<string>()
    const reporter: Plugin = {
      name: 'reporter',
      setup: ({ onEnd }) => onEnd(async () => builds.put(await project.read('dist/main.js'))),
    }
    const plugins = [wasmCos(), reporter]
    const context = await esbuild.context(buildOptions(project, { format: 'esm', plugins }))
    try {
      await context.watch()
      expect(embeddedHashes(await builds.next())).toEqual([sha256(answerWasm(42))])
      await project.write('src/deep/answer.wasm', answerWasm(7))
      expect(embeddedHashes(await builds.next())).toEqual([sha256(answerWasm(7))])
      await project.write('src/main.js', 'alert(new URL("./deep/answer.wasm", import.meta.url)); fetch("")')
      expect(await builds.next()).toContain('alert(new URL(answer_default')
    } finally {
      await context.dispose()
    }
  })

  test.each([
    ['a comment', "// new URL('./a.wasm', import.meta.url)\nalert('text')"],
    ['a URL of a file that is not there', "alert('text'); new URL('./a.wasm', import.meta.url)"],
  ])('%s takes no module away from a plugin that is listed later', async (_, code) => {
    const project = await createProject({ 'src/main.js': code })
    const load = ({ onLoad }: PluginBuild) =>
      onLoad({ filter: /main\.js$/ }, () => ({ contents: "alert('mine')" }))
    const plugins = [wasmCos(), { name: 'delegating', setup: (hooks: PluginBuild) => void load(hooks) }]
    await build(esbuild, project, { format: 'esm', logLevel: 'silent', plugins })
    expect(await project.read('dist/main.js')).toContain('mine')
  })

  test.each([
    ['alone', "fetch(new URL('./pkg/a.wasm', import.meta.url))"],
    [
      'beside another one',
      "for (const url of [new URL('./b.wasm', import.meta.url), new URL('./pkg/a.wasm', import.meta.url)]) fetch(url)",
    ],
  ])('watching, a wasm that was removed with its folder and is built again, %s, is seen', async (_, code) => {
    const project = await createProject({
      'src/main.js': code,
      'src/b.wasm': answerWasm(1),
      'src/pkg/a.wasm': answerWasm(42),
    })
    const builds = eventQueue<number>()
    const reporter: Plugin = {
      name: 'reporter',
      setup: ({ onEnd }) =>
        onEnd(({ metafile }) =>
          builds.put(Object.keys(metafile!.outputs).filter((name) => /a-\w+\.wasm$/.test(name)).length),
        ),
    }
    const options = buildOptions(project, {
      format: 'esm',
      logLevel: 'silent',
      metafile: true,
      plugins: [wasmCos(), reporter],
    })
    const context = await esbuild.context(options)
    try {
      await context.watch()
      expect(await builds.next()).toBe(1)
      await rm(project.path('src/pkg'), { recursive: true })
      expect(await builds.next()).toBe(0)
      await project.write('src/pkg/a.wasm', answerWasm(7))
      expect(await builds.next()).toBe(1)
    } finally {
      await context.dispose()
    }
  })

  test('without bundling, imports and URLs are left alone', async () => {
    const project = await createProject(sources)
    await build(esbuild, project, { bundle: false, loader: {} })
    expect(await project.read('dist/main.js')).toContain('new URL("./deep/answer.wasm", import.meta.url)')
  })
})
