import { expect, test } from 'vitest'
import { noWasmOf } from './no-wasm.ts'

test.each([
  ['nothing', '', 'empty'],
  [
    'a pointer of Git LFS',
    'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n',
    'git-lfs',
  ],
  ['a page', '<!DOCTYPE html><html><title>404</title>', 'html'],
  ['a page after white space', '\n  <html lang="en">', 'html'],
  ['a page with a mark of its byte order', '\u{feff}<!doctype html>', 'html'],
  ['a module', '\0asm\u{1}\0\0\0', undefined],
  ['what gzip has compressed', '\u{1f}\b', undefined],
  ['other text', 'version 1', undefined],
  ['other markup', '<svg xmlns="http://www.w3.org/2000/svg"/>', undefined],
])('%s', (_, content, expected) => {
  expect(noWasmOf(Buffer.from(content))).toBe(expected)
})
