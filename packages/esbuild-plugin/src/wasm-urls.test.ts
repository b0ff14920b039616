import { expect, test } from 'vitest'
import { mayHoldWasmUrl } from './bundle-wasm-urls.ts'
import { findWasmUrls } from './wasm-urls.ts'

test.each([
  ["new URL('./x.wasm', import.meta.url)", './x.wasm'],
  ['new URL("x.wasm", import.meta.url).href', 'x.wasm'],
  ['fetch(new URL(`../a b/x.wasm`, import.meta.url))', '../a b/x.wasm'],
  ["new  URL(/* here */ 'package/x.wasm',\n  import.meta.url,)", 'package/x.wasm'],
])('%s', (code, specifier) => {
  const [found, ...others] = findWasmUrls('x.js', code)
  expect(others).toEqual([])
  expect(found?.specifier).toBe(specifier)
  expect(code.slice(found!.url.start, found!.url.end).slice(1, -1)).toBe(specifier)
  expect(code.slice(found!.base.start, found!.base.end)).toBe('import.meta.url')
  expect(mayHoldWasmUrl(Buffer.from(code))).toBe(true)
})

test.each([
  ["new URL('./x.js', import.meta.url)"],
  ["new URL('https://example.com/x.wasm', import.meta.url)"],
  ["new URL('/x.wasm', import.meta.url)"],
  ["new URL('./x.wasm', location.href)"],
  ["new URL('./x.wasm')"],
  ['new URL(`./${name}.wasm`, import.meta.url)'],
  ["URL('./x.wasm', import.meta.url)"],
  ["// new URL('./x.wasm', import.meta.url)"],
  ["import { URL } from 'node:url'; new URL('./x.wasm', import.meta.url)"],
  ["function f(URL) { return new URL('./x.wasm', import.meta.url) }"],
  ["if (a) { class URL {} new URL('./x.wasm', import.meta.url) }"],
  ["this is no JavaScript new URL('./x.wasm', import.meta.url)"],
])('not %s', (code) => {
  expect(findWasmUrls('x.js', code)).toEqual([])
})

test.each([
  ['x.ts', 'const url = <string>new URL("./x.wasm", import.meta.url).href as string'],
  ['x.mts', 'enum A { b }; new URL("./x.wasm", import.meta.url)'],
  ['x.tsx', 'const a: JSX.Element = <a href={new URL("./x.wasm", import.meta.url).href} />'],
  ['x.jsx', 'const a = <a href={new URL("./x.wasm", import.meta.url).href} />'],
  ['x.js', 'const a = <a href={new URL("./x.wasm", import.meta.url).href} />'],
])('in %s', (path, code) => {
  expect(findWasmUrls(path, code)).toHaveLength(1)
})
