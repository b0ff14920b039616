import { stat } from 'node:fs/promises'
import { embeddedHashes } from '@wasm-cos/harness/hash'
import { describe, expect, test } from 'vitest'
import wasmCos from './index.ts'
import { answerApp, chunksApp, chunksOptions } from './testing/apps.ts'
import { build, buildOptions } from './testing/build.ts'
import { esbuilds } from './testing/esbuilds.ts'
import { createProject } from './testing/project.ts'

describe.each(esbuilds)('%s', (_, esbuild) => {
  test('write: false gives what write: true writes', async () => {
    const project = await createProject(chunksApp)
    const { outputFiles } = await build(esbuild, project, { ...chunksOptions, write: false, sourcemap: true })
    await expect(project.files()).rejects.toThrow('ENOENT')
    await build(esbuild, project, { ...chunksOptions, sourcemap: true })
    const given = outputFiles!.map(
      ({ path, contents }) => [path.slice(project.path('dist/').length), Buffer.from(contents)] as const,
    )
    expect(Object.fromEntries(given)).toEqual(await project.files())
    for (const file of outputFiles!) expect(file.text).toBe(Buffer.from(file.contents).toString())
  })

  test('a build that fails writes nothing', async () => {
    const project = await createProject({ ...answerApp, 'src/main.js': 'this is no JavaScript' })
    await expect(build(esbuild, project)).rejects.toThrow('Expected ";"')
    await expect(project.files()).rejects.toThrow('ENOENT')
  })

  test('an object of options serves several builds', async () => {
    const project = await createProject(answerApp)
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
    const project = await createProject(answerApp)
    await expect(build(esbuild, project, { outdir: 'src' })).rejects.toThrow(
      'Refusing to overwrite input file',
    )
    expect(await project.read('src/main.js')).toBe(answerApp['src/main.js'])
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
    await build(esbuild, project)
    expect((await stat(project.path('dist/main.js'))).mode & 0o111).not.toBe(0)
  })
})
