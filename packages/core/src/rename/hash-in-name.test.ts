import { expect, test } from 'vitest'
import { hashPositionOf, nameWithoutHash } from './hash-in-name.ts'

test.each([
  ['assets/index-CXIAVl5-.js', 'CXIAVl5-'],
  ['assets/index-BlyvXLAK.js', 'BlyvXLAK'],
  ['main.3f0c9a1b2d4e5f607182.js', '3f0c9a1b2d4e5f607182'],
  ['main-ABCD2345.js', 'ABCD2345'],
  ['chunk-QWERTYUI.js', 'QWERTYUI'],
  ['_next/static/chunks/0cz1d0mv5g_q7.js', '0cz1d0mv5g_q7'],
  ['_next/static/chunks/turbopack-2u1d16houkiyo.js', '2u1d16houkiyo'],
  ['43bbcdd44287aa0d1fee.module.wasm', '43bbcdd44287aa0d1fee'],
])('%s carries a hash', (name, hash) => {
  const { start, end } = hashPositionOf(name)!
  expect(name.slice(start, end)).toBe(hash)
})

test.each([
  'app.js',
  'sql-wasm-browser.js',
  'foo-utils-v2.js',
  'web-worker-v2.mjs',
  'jquery-3.7.1.min.js',
  'foo-initSync.js',
  'index.production.js',
  'report-20260131.js',
  'argon2id.js',
  'lz4_wasm.js',
  'z3-built.js',
  'blog/web3-faq.html',
  'pkg/rapier_wasm3d.js',
])('%s carries none', (name) => {
  expect(hashPositionOf(name)).toBeUndefined()
})

test('the name without it', () => {
  expect(nameWithoutHash('assets/sql-wasm-CXIAVl5-.wasm')).toBe('sql-wasm.wasm')
  expect(nameWithoutHash('sql-wasm.wasm')).toBe('sql-wasm.wasm')
})
