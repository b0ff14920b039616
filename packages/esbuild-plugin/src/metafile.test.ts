import { describe, expect, test } from 'vitest'
import { answerApp, chunksApp, chunksOptions } from './testing/apps.ts'
import { build } from './testing/build.ts'
import { esbuilds } from './testing/esbuilds.ts'
import { expectTrueMetafile } from './testing/output.ts'
import { createProject } from './testing/project.ts'

describe.each(esbuilds)('%s', (_, esbuild) => {
  test('the metafile has the sizes and names of the files on disk', async () => {
    const project = await createProject(chunksApp)
    const { metafile } = await build(
      esbuild,
      project,
      { ...chunksOptions, metafile: true, sourcemap: true },
      { manifest: true },
    )
    await expectTrueMetafile(project, metafile!)
    expect(Object.keys(metafile!.outputs)).toContain('dist/wasm-cos.manifest.json')
  })

  test('the metafile is not there for those who did not ask', async () => {
    const project = await createProject(answerApp)
    expect(await build(esbuild, project)).toMatchObject({ metafile: undefined, outputFiles: undefined })
  })
})
