import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Rollup } from 'vite'
import * as vite6 from 'vite6-oldest'
import * as vite7 from 'vite7-oldest'
import * as vite8 from 'vite8-oldest'
import wasmCos from './index.ts'

/** The oldest versions that the package declares to work with. */
test.each([
  ['Vite 8.0', vite8],
  ['Vite 7.0', vite7 as unknown as typeof vite8],
  ['Vite 6.0', vite6 as unknown as typeof vite8],
])('%s builds with true hashes', async (_, { build }) => {
  const root = await mkdtemp(join(tmpdir(), 'wasm-cos-oldest-'))
  const bytes = Buffer.concat([Buffer.from('\0asm\x01\0\0\0'), Buffer.alloc(9000)])
  await writeFile(join(root, 'a.wasm'), bytes)
  await writeFile(
    join(root, 'main.js'),
    "import url from './a.wasm?url'\nWebAssembly.compileStreaming(fetch(url))\n",
  )
  const output = (await build({
    root,
    configFile: false,
    logLevel: 'silent',
    // The plugin has the types of the newest Vite.
    plugins: [wasmCos() as unknown as vite8.PluginOption],
    build: { write: false, rollupOptions: { input: join(root, 'main.js') } },
  })) as Rollup.RollupOutput
  const code = output.output.map((file) => (file.type === 'chunk' ? file.code : '')).join('')
  const hash = createHash('sha256').update(bytes).digest('hex')
  expect(code).toContain(`const wasmHash={algorithm:"SHA-256",value:"${hash}"}`)
  await rm(root, { recursive: true })
})
