import { embeddedHashes } from '@wasm-cos/harness/hash'
import { Script } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { answerApp } from './testing/apps.ts'
import { build } from './testing/build.ts'
import { esbuilds } from './testing/esbuilds.ts'
import { hashOnDisk } from './testing/output.ts'
import { createProject } from './testing/project.ts'

describe.each(esbuilds)('%s', (_, esbuild) => {
  describe.each(['esm', 'iife', 'cjs'] as const)('format %s', (format) => {
    test.each([false, true])('the chunk carries the hash of the file on disk, minify: %s', async (minify) => {
      const project = await createProject(answerApp)
      await build(esbuild, project, { format, minify })
      expect(embeddedHashes(await project.read('dist/main.js'))).toEqual([
        await hashOnDisk(project, /\.wasm$/),
      ])
    })
  })

  test('a script of the format esm without import and export stays a classic script as well', async () => {
    const project = await createProject(answerApp)
    await build(esbuild, project, { format: 'esm' })
    const code = await project.read('dist/main.js')
    expect(embeddedHashes(code)).toHaveLength(1)
    expect(() => new Script(code)).not.toThrow()
  })

  test('a file copied as an entry point and fetched by its path is shared too', async () => {
    const project = await createProject({
      ...answerApp,
      'src/main.js': `import { load } from './load.js'; load('answer.wasm')`,
    })
    await build(esbuild, project, {
      entryPoints: ['src/main.js', 'src/answer.wasm'],
      loader: { '.wasm': 'copy' },
    })
    expect(embeddedHashes(await project.read('dist/main.js'))).toEqual([
      await hashOnDisk(project, /answer\.wasm$/),
    ])
  })

  test('banner, directive, footer and global name stay where they are', async () => {
    const project = await createProject({
      ...answerApp,
      'src/main.js': `
        'use strict'
        import url from './answer.wasm'
        import { load } from './load.js'
        export const compute = () => load(url)
      `,
    })
    const banner = '/* banner */'
    const footer = '/* footer */'
    await build(esbuild, project, { globalName: 'library', banner: { js: banner }, footer: { js: footer } })
    const code = await project.read('dist/main.js')
    expect(code.split('\n').slice(0, 3)).toEqual([
      banner,
      '"use strict";',
      expect.stringMatching(/^var cosFetch_\w+_script=.+;var library = \(\(\) => \{$/),
    ])
    expect(code).toContain(`})();\n${footer}\n`)
    expect(embeddedHashes(code)).toHaveLength(1)
    const library = new Function(`${code}; return library`)() as object
    expect(library).toHaveProperty('compute')
  })

  test('a public path on another origin counts as a place of these files', async () => {
    const project = await createProject(answerApp)
    await build(esbuild, project, { publicPath: 'https://cdn.example/app/' })
    expect(await project.read('dist/main.js')).toContain('["https://cdn.example/app/",""]')
  })

  test.each([{}, { final: true }])(
    'a library for a script tag gets the stub, with the options %j',
    async (options) => {
      const project = await createProject(answerApp)
      const { warnings } = await build(esbuild, project, { format: 'iife', globalName: 'Widget' }, options)
      expect(warnings).toEqual([])
      expect(await project.read('dist/main.js')).toContain(await hashOnDisk(project, /\.wasm$/))
    },
  )
})
