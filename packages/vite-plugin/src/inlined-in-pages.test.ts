import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, type Plugin } from 'vite'
import { expect, test } from 'vitest'
import wasmCos from './index.ts'

/** Puts scripts into the page, as vite-plugin-singlefile does. */
const oneFile: Plugin = {
  name: 'one-file',
  enforce: 'post',
  generateBundle(_, bundle) {
    const page = bundle['index.html']!
    for (const [name, file] of Object.entries(bundle)) {
      if (file.type !== 'chunk' || page.type !== 'asset') continue
      // What a page shows is no code.
      page.source = `${page.source}<code>"AGFzb${'A'.repeat(4000)}"</code>`.replace(
        /<script[^>]*><\/script>/,
        () => `<script type="module">${file.code}</script>`,
      )
      delete bundle[name]
    }
  },
}

test('a page with the scripts in it, and wasm in these, is warned of, under strict an error', async () => {
  const root = await mkdtemp(join(tmpdir(), 'wasm-cos-one-file-'))
  await writeFile(join(root, 'index.html'), '<script type="module" src="./main.js"></script>')
  await writeFile(
    join(root, 'main.js'),
    "import url from './a.wasm?url'; WebAssembly.compileStreaming(fetch(url))",
  )
  await writeFile(join(root, 'a.wasm'), Buffer.concat([Buffer.from('\0asm\x01\0\0\0'), Buffer.alloc(1000)]))
  const warnings: string[] = []
  const run = (strict: boolean) =>
    build({
      root,
      configFile: false,
      logLevel: 'silent',
      plugins: [oneFile, wasmCos({ strict })],
      build: {
        assetsInlineLimit: 1e6,
        rollupOptions: { onLog: (_level, { message }) => void warnings.push(message) },
      },
    })
  await run(false)
  expect(warnings.join('\n')).toMatch(/index\.html carries a wasm module as base64 \(1\.0 kB\)/)
  await expect(run(true)).rejects.toThrow('index.html carries a wasm module')
  await rm(root, { recursive: true, force: true })
})
