import { embeddedHashes } from '@wasm-cos/harness/hash'
import type { Plugin } from 'esbuild'
import { describe, expect, test } from 'vitest'
import wasmCos, { type WasmCosOptions } from './index.ts'
import { answerApp, chunksApp, chunksOptions } from './testing/apps.ts'
import { build } from './testing/build.ts'
import { esbuilds } from './testing/esbuilds.ts'
import { withoutHash } from './testing/output.ts'
import { answerWasm, createProject } from './testing/project.ts'

describe.each(esbuilds)('%s', (_, esbuild) => {
  test('every mention of a file names one that is there', async () => {
    const project = await createProject(chunksApp)
    await build(esbuild, project, { ...chunksOptions, sourcemap: true }, { manifest: true })
    const files = await project.files()
    const mentioned = Object.entries(files)
      .filter(([name]) => !name.endsWith('.wasm'))
      .flatMap(([, content]) => content.toString().match(/[\w-]+-[A-Z2-7]{8}\.[\w.]+/g) ?? [])
      .map((mention) => mention.replace(/\.$/, ''))
    expect(mentioned.length).toBeGreaterThan(6)
    expect(mentioned.filter((name) => !(name in files))).toEqual([])
  })

  test('names differ from those of esbuild, and change with the options, up to the entries', async () => {
    const project = await createProject(chunksApp)
    const entriesOf = async (options?: WasmCosOptions | false) => {
      const { metafile } = await build(esbuild, project, { ...chunksOptions, metafile: true }, options)
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

  test('names change with the wasm, also where its own name has no hash', async () => {
    const project = await createProject(chunksApp)
    const options = { ...chunksOptions, assetNames: '[name]' }
    await build(esbuild, project, options)
    const before = await project.files()
    await project.write('src/answer.wasm', answerWasm(7))
    await build(esbuild, project, { ...options, outdir: 'dist2' })
    const after = await project.files('dist2')
    const common = Object.keys(after).filter((name) => name in before)
    expect(common.map(withoutHash)).toEqual(['answer.wasm', 'plain.js', 'plain-lazy.js'])
  })

  test("a script with the loader file stays besides under the name that a server's build has for it", async () => {
    const project = await createProject({
      ...answerApp,
      'src/glue.asset.js': "WebAssembly.compileStreaming(fetch(new URL('./answer.wasm', location)))",
      'src/page.js':
        "import glue from './glue.asset.js'\nimport wasm from './answer.wasm'\nconsole.log(glue, wasm)",
    })
    const loader = { '.asset.js': 'file', '.wasm': 'file' } as const
    const options = { entryPoints: ['src/page.js'], assetNames: '[name]-[hash]', loader, metafile: true }
    await build(esbuild, project, { ...options, outdir: 'server' }, false)
    const { metafile } = await build(esbuild, project, options)
    const server = await project.files('server')
    const page = await project.files()
    const old = Object.keys(server).find((name) => name.startsWith('glue'))
    expect(page[old!]).toEqual(server[old!])
    const edited = Object.keys(page).filter((name) => name.startsWith('glue') && name !== old)
    expect(edited).toHaveLength(1)
    expect(embeddedHashes(page[edited[0]!]!.toString())).toHaveLength(1)
    expect(page['page.js']!.toString()).toContain(edited[0])
    expect(Object.keys(metafile!.outputs)).toEqual(
      expect.arrayContaining([`dist/${old}`, `dist/${edited[0]}`]),
    )
  })

  test('a name that only looks like one stays', async () => {
    const project = await createProject({ ...answerApp, 'src/main-ABCDEFGH.js': answerApp['src/main.js']! })
    await build(esbuild, project, { entryPoints: ['src/main-ABCDEFGH.js'] })
    expect(embeddedHashes(await project.read('dist/main-ABCDEFGH.js'))).toHaveLength(1)
  })

  test.each(['[hash]/[name]', '[dir]/[hash]', 'a/[dir]/[hash]-[name]', 'js/[name].[hash].chunk'])(
    'the template %s',
    async (entryNames) => {
      const project = await createProject(answerApp)
      await build(esbuild, project, { entryNames, sourcemap: true, minify: true })
      await build(esbuild, project, { entryNames, sourcemap: true, minify: true, outdir: 'plain' }, false)
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

  test('a page that another plugin puts among the files mentions the new name', async () => {
    const project = await createProject(answerApp)
    const html: Plugin = {
      name: 'html',
      setup: ({ onEnd, initialOptions }) => {
        initialOptions.metafile = true
        onEnd(({ metafile, outputFiles }) => {
          const script = Object.keys(metafile!.outputs).find((name) => name.endsWith('.js'))
          const contents = Buffer.from(`<script src="/${script}"></script>`)
          outputFiles!.push({ path: project.path('dist/index.html'), contents } as never)
        })
      },
    }
    await build(esbuild, project, { entryNames: '[name]-[hash]', plugins: [html, wasmCos()] })
    const files = await project.files()
    const page = files['index.html']!.toString()
    expect(files).toHaveProperty([/dist\/(main-\w{8}\.js)/.exec(page)![1]!])
  })

  test('what is named after a script follows it', async () => {
    const project = await createProject(answerApp)
    await project.write('src/show.js', `/*! a licence */\n${answerApp['src/show.js']}`)
    await build(esbuild, project, { entryNames: '[name]-[hash]', sourcemap: true, legalComments: 'linked' })
    const files = await project.files()
    const script = Object.keys(files).find((name) => name.endsWith('.js'))!
    expect(Object.keys(files).filter((name) => name.startsWith('main'))).toEqual([
      script,
      `${script}.LEGAL.txt`,
      `${script}.map`,
    ])
    expect(files[script]!.toString()).toContain(
      `/*! For license information please see ${script}.LEGAL.txt */`,
    )
  })
})
