import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from '@farmfe/core'
import { makeWasm, sha256 } from '@wasm-cos/harness'
import { expect, onTestFinished, test } from 'vitest'
import wasmCos from './farm.ts'

test('a manifest is written beside the resources of a build', { timeout: 60_000 }, async () => {
  const root = await mkdtemp(join(import.meta.dirname, '../.cache-farm-'))
  onTestFinished(() => rm(root, { recursive: true, force: true, maxRetries: 5 }))
  await writeFile(join(root, 'package.json'), '{"type":"module","private":true}')
  await writeFile(join(root, 'main.js'), "import init from './answer.wasm?cos'\nconsole.log(init())\n")
  await writeFile(join(root, 'answer.wasm'), makeWasm(42))
  const config = {
    root,
    // Farm reads it, but does not declare it.
    configFile: false,
    compilation: {
      input: { main: './main.js' },
      output: { path: 'out', publicPath: '/', targetEnv: 'browser-esnext' },
      presetEnv: false,
      progress: false,
      persistentCache: false,
    },
    plugins: [wasmCos({ manifest: true })].flat(),
  }
  await build(config as object)

  const out = join(root, 'out')
  const wasm = (await readdir(out)).find((name) => name.endsWith('.wasm'))!
  const { files } = JSON.parse(await readFile(join(out, 'wasm-cos.manifest.json'), 'utf8'))
  expect(files).toMatchObject([
    { file: wasm, hash: { value: sha256(await readFile(join(out, wasm))) }, chunks: ['main.js'] },
  ])
})
