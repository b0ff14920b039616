import { expect, test } from 'vitest'
import { makeFolder, run } from '../testing/run.ts'

test('inject warns of a hint that downloads a shared file all the same, and names page and fix', async () => {
  const folder = makeFolder({
    'a.wasm': Buffer.from('\0asm\x01\0\0\0', 'latin1'),
    'main.js': "WebAssembly.instantiateStreaming(fetch('/a.wasm'))",
    'index.html':
      '<!doctype html><link rel="prefetch" href="/a.wasm" as="fetch" crossorigin>\n<script type="module" src="/main.js"></script>',
  })
  const { code, stdout } = await run('inject', folder)
  expect(code).toBe(0)
  expect(stdout).toMatch(/index\.html:1 has <link rel="prefetch"> for a\.wasm: .* Remove the hint\./)
})
