import { embeddedHashes, sha256 } from '@wasm-cos/harness/hash'
import type { Plugin } from 'esbuild'
import { describe, expect, test } from 'vitest'
import wasmCos from './index.ts'
import { answerApp, chunksApp, chunksOptions } from './testing/apps.ts'
import { build } from './testing/build.ts'
import { esbuilds } from './testing/esbuilds.ts'
import { allHashes, expectTrueMetafile } from './testing/output.ts'
import { answerWasm, createProject } from './testing/project.ts'

describe.each(esbuilds)('%s', (_, esbuild) => {
  test('those that run afterwards find the output as it ships', async () => {
    const project = await createProject(chunksApp)
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
    const { metafile } = await build(esbuild, project, { ...chunksOptions, plugins: [wasmCos(), reader] })
    expect(allHashes(seen as never)).toHaveProperty('size', 1)
    expect(metafile).toBeDefined()
  })

  test('one that asks for write: false in its set-up gets the edited files to write', async () => {
    const project = await createProject(answerApp)
    const texts: string[] = []
    const writer: Plugin = {
      name: 'writer',
      setup: ({ onEnd, initialOptions }) => {
        initialOptions.write = false
        onEnd(({ outputFiles }) => void texts.push(...outputFiles!.map(({ text }) => text)))
      },
    }
    await build(esbuild, project, { plugins: [wasmCos(), writer] })
    expect(texts.flatMap(embeddedHashes)).toEqual([sha256(answerWasm(42))])
    await expect(project.files()).rejects.toThrow('ENOENT')
  })

  test.each([true, false])('one that changes wasm afterwards fails the build, write: %s', async (write) => {
    const project = await createProject(answerApp)
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
    await expect(build(esbuild, project, { write, plugins: [wasmCos(), optimizer] })).rejects.toThrow(
      /answer-\w{8}\.wasm was changed after its hash was embedded/,
    )
    await build(esbuild, project, { write, plugins: [optimizer] })
  })
})
