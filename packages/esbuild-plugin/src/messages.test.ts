import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { makeWasm } from '@wasm-cos/harness'
import { embeddedHashes, sha256 } from '@wasm-cos/harness/hash'
import type { BuildOptions } from 'esbuild'
import { describe, expect, test } from 'vitest'
import { answerApp, chunksApp, chunksOptions } from './testing/apps.ts'
import { build, buildOptions } from './testing/build.ts'
import { esbuilds } from './testing/esbuilds.ts'
import { createProject } from './testing/project.ts'

describe.each(esbuilds)('%s', (_, esbuild) => {
  test.each(['binary', 'base64', 'dataurl'] as const)('wasm inlined by the loader %s', async (loader) => {
    const project = await createProject({ ...answerApp, 'src/answer.wasm': makeWasm(42, 500) })
    const options = { loader: { '.wasm': loader } }
    const { warnings } = await build(esbuild, project, options)
    expect(warnings.map(({ text }) => text)).toEqual([
      expect.stringContaining('main.js carries a wasm module as base64'),
    ])
    await expect(build(esbuild, project, { ...options, outdir: 'strict' }, { strict: true })).rejects.toThrow(
      'main.js carries',
    )
    await expect(project.files('strict')).rejects.toThrow('ENOENT')
  })

  test('an output that a package gives to applications, unless it is final', async () => {
    const project = await createProject({
      ...answerApp,
      'package.json': JSON.stringify({ name: 'answers', exports: './dist/main.js' }),
    })
    const { warnings } = await build(esbuild, project, {})
    expect(warnings.map(({ text }) => text)).toEqual([
      expect.stringContaining('main.js is what the package answers gives to applications'),
    ])
    expect((await build(esbuild, project, {}, { final: true })).warnings).toEqual([])
  })

  test('a URL of a file that is not there, an error under strict', async () => {
    const project = await createProject({ 'src/main.js': "fetch(new URL('./not.wasm', import.meta.url))" })
    const { warnings } = await build(esbuild, project, { format: 'esm' })
    expect(warnings).toMatchObject([
      { text: expect.stringContaining('"./not.wasm" is not there at build time') },
    ])
    await expect(build(esbuild, project, { format: 'esm' }, { strict: true })).rejects.toThrow('./not.wasm')
  })

  test.each<[string, string, BuildOptions, number]>([
    ['a build', 'await build(options)', {}, 1],
    ['a context', 'const context = await createContext(options); await context.rebuild()', {}, 1],
    ['a build for Node', 'await build(options)', { platform: 'node' }, 1],
    ['a silent build', 'await build(options)', { logLevel: 'error' }, 0],
  ])('%s prints a warning once, if its log level is not higher', async (_, code, options, times) => {
    const script = `
      import { build, context as createContext } from '${esbuild.version.startsWith('0.25') ? 'esbuild025' : 'esbuild'}'
      import wasmCos from '${new URL('../dist/index.js', import.meta.url)}'
      const options = {
        ...${JSON.stringify(buildOptions({ folder: '.' }, { logLevel: 'warning', ...options }, false))},
        absWorkingDir: import.meta.dirname,
        plugins: [wasmCos({ exclude: 'other.wasm' })],
      }
      ${code}
      process.exit()
    `
    const project = await createProject({ ...answerApp, 'build.mjs': script })
    const { stderr } = await promisify(execFile)(process.execPath, [project.path('build.mjs')])
    expect(stderr.match(/\[WARNING\] .*\[plugin wasm-cos\]/g) ?? []).toHaveLength(times)
  })

  test.each(['main.js', './main.js', 'main.js/list.json'])(
    'a manifest is not written over the output: %s',
    async (manifest) => {
      const project = await createProject(answerApp)
      await expect(build(esbuild, project, {}, { manifest })).rejects.toThrow(
        'Give the manifest another name.',
      )
      await expect(project.files()).rejects.toThrow('ENOENT')
    },
  )

  test('options that are frozen: a warning, and the output as it was', async () => {
    const project = await createProject(answerApp)
    const { warnings } = await esbuild.build(Object.freeze(buildOptions(project)))
    expect(warnings).toMatchObject([{ text: expect.stringContaining('options of this build are frozen') }])
    await build(esbuild, project, { outdir: 'before' }, false)
    expect(await project.files()).toEqual(await project.files('before'))
    const sealed = await esbuild.build(
      Object.seal({ ...buildOptions(project), write: true, outdir: 'sealed' }),
    )
    expect(sealed.warnings).toMatchObject([{ text: expect.stringContaining('frozen or sealed') }])
    expect(await project.files('sealed')).toEqual(await project.files('before'))
    const strict = Object.freeze(buildOptions(project, {}, { strict: true }))
    await expect(esbuild.build(strict)).rejects.toThrow('frozen')
  })

  test('the manifest names what was written', async () => {
    const project = await createProject(chunksApp)
    await build(esbuild, project, chunksOptions, { manifest: 'share.json' })
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
    await build(esbuild, project, { external: ['fs', 'path', 'crypto'] }, { manifest: true })
    const { files } = JSON.parse(await project.read('dist/wasm-cos.manifest.json'))
    expect(files).toMatchObject([{ origins: '*' }])
  })
})
