import { describe, expect, test } from 'vitest'
import { answerApp, chunksApp, chunksOptions } from './testing/apps.ts'
import { build } from './testing/build.ts'
import { esbuilds } from './testing/esbuilds.ts'
import { embeddedHashes, sha256 } from './testing/output.ts'
import { createProject } from './testing/project.ts'

describe.each(esbuilds)('%s', (_, esbuild) => {
  test.each(['binary', 'base64', 'dataurl'] as const)('wasm inlined by the loader %s', async (loader) => {
    const project = await createProject(answerApp)
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
