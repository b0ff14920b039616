import { brotliCompressSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { hashOf } from '../hash/hash.ts'
import { compareWritten } from './compare-written.ts'

const bytes = Buffer.alloc(3_000_000, 'wasm')

test.each([
  ['is there', { 'a.wasm': bytes }, []],
  ['was compressed with gzip and removed', { 'a.wasm.gz': gzipSync(bytes) }, []],
  ['was compressed with Brotli and removed', { 'a.wasm.br': brotliCompressSync(bytes) }, []],
  ['was removed', {}, ['a.wasm cannot be read']],
  ['was removed, with another one compressed', { 'a.wasm.gz': gzipSync('other') }, ['a.wasm cannot be read']],
  ['was changed', { 'a.wasm': Buffer.from('other') }, ['a.wasm was changed after its hash was embedded']],
])('a file that %s', async (_, written: Record<string, Uint8Array>, messages) => {
  const found = await compareWritten({
    files: [{ fileName: 'a.wasm', size: bytes.length, hash: hashOf(bytes), sources: [], origins: '*' }],
    advice: 'Change it before',
    readWritten(fileName) {
      const content = written[fileName]
      if (content === undefined) throw new Error('ENOENT')
      return [content.subarray(0, 1000), content.subarray(1000)]
    },
  })
  expect(found).toEqual(messages.map((message) => expect.stringContaining(message)))
})
