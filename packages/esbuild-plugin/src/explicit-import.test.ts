import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { embeddedHashes } from '@wasm-cos/harness/hash'
import { describe, expect, test } from 'vitest'
import { build } from './testing/build.ts'
import { esbuilds } from './testing/esbuilds.ts'
import { hashOnDisk } from './testing/output.ts'
import { answerWasm, createProject } from './testing/project.ts'

const app = {
  'src/answer.wasm': answerWasm(42),
  'src/main.js': "export { default, url, wasmHash } from './answer.wasm?cos'",
}

describe.each(esbuilds)('%s', (_, esbuild) => {
  test.each(['esm', 'iife', 'cjs'] as const)('imports x.wasm?cos, format %s', async (format) => {
    const project = await createProject(app)
    const { warnings } = await build(esbuild, project, { format })
    expect(warnings.filter(({ text }) => text.includes('import.meta'))).toEqual([])
    expect(embeddedHashes(await project.read('dist/main.js'))).toContain(await hashOnDisk(project, /\.wasm$/))
  })

  test('text from standard input imports it, from the folder that it is resolved in', async () => {
    const project = await createProject(app)
    const stdin = { contents: app['src/main.js'], resolveDir: project.path('src') }
    await build(esbuild, project, { entryPoints: [], stdin })
    expect(embeddedHashes(await project.read('dist/stdin.js'))).toContain(
      await hashOnDisk(project, /\.wasm$/),
    )
  })

  test.each(['esm', 'cjs'] as const)('a build for Node imports it too, format %s', async (format) => {
    const project = await createProject({ ...app, 'package.json': '{}' })
    const outExtension = { '.js': format === 'esm' ? '.mjs' : '.cjs' }
    await build(esbuild, project, { format, platform: 'node', outExtension })
    const path = join(project.folder, `dist/main${outExtension['.js']}`)
    const { url, wasmHash } =
      format === 'esm' ? await import(pathToFileURL(path).href) : createRequire(import.meta.url)(path)
    expect(fileURLToPath(url)).toMatch(/dist\/answer-\w+\.wasm$/)
    expect(wasmHash.value).toBe(await hashOnDisk(project, /\.wasm$/))
  })
})
