import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { hashesInNames } from './hashes-in-names.ts'

/** The hashes that are found, by name. */
function hashesIn(names: string[], texts = new Map<string, string>()): Record<string, string> {
  const positionOf = hashesInNames(names, texts)
  return Object.fromEntries(
    names.flatMap((name) => {
      const position = positionOf(name)
      return position === undefined ? [] : [[name, name.slice(position.start, position.end)]]
    }),
  )
}

test('short hashes of names that are alike', () => {
  expect(hashesIn(['a/chunk-8a2n1.js', 'a/chunk-x9k3p.js', 'a/chunk-q2w8e.js', 'a/chunk-abcde.js'])).toEqual({
    'a/chunk-8a2n1.js': '8a2n1',
    'a/chunk-x9k3p.js': 'x9k3p',
    'a/chunk-q2w8e.js': 'q2w8e',
    'a/chunk-abcde.js': 'abcde',
  })
  expect(hashesIn(['main.3f0c9a.js', 'lazy.b41d7e.js', 'vendor.0a9c4b.js'])).toEqual({
    'main.3f0c9a.js': '3f0c9a',
    'lazy.b41d7e.js': 'b41d7e',
    'vendor.0a9c4b.js': '0a9c4b',
  })
})

test('a short hash of one script beside wasm files that have such', () => {
  const wasm = ['System.1m9x0q7b2c.wasm', 'Core.b6l13xorvf.wasm', 'Json.v06hirbjsv.wasm'].map(
    (name) => `app/${name}`,
  )
  const script = 'app/dotnet.native.q2w8e1k3m5.js'
  expect(hashesIn([script, ...wasm])).toEqual({ [script]: 'q2w8e1k3m5' })
  expect(hashesIn([script, ...wasm.slice(1)])).toEqual({ [script]: 'q2w8e1k3m5' })
  expect(hashesIn([script, ...wasm.slice(2)])).toEqual({})
})

test('what a script and the wasm beside it have in common is the hash of neither', () => {
  // Those of stockfish, whose script makes the wasm's name of its own.
  const names = ['lite-51f59da', 'lite-single-03e3232', 'full-1a2b3c4'].flatMap((stem) => [
    `${stem}.js`,
    `${stem}.wasm`,
  ])
  expect(hashesIn(names)).toEqual({})
  expect(hashesIn(['engine-1a2b3c4d.js', 'engine-1a2b3c4d.wasm'])).toEqual({})
  expect(hashesIn(['engine-1a2b3c4d.js', 'engine-4d3c2b1a.wasm'])).toEqual({
    'engine-1a2b3c4d.js': '1a2b3c4d',
  })
})

test('a hash that a bundler tells, though it looks like a word; none where it is not in the name', () => {
  const told = new Map([
    ['a/lazy-mbttfpes.js', 'mbttfpes'],
    ['a/main.js', 'abcdefgh'],
  ])
  const positionOf = hashesInNames([...told.keys()], new Map(), told)
  expect(positionOf('a/lazy-mbttfpes.js')).toEqual({ start: 7, end: 15 })
  expect(positionOf('a/main.js')).toBeUndefined()
})

test.each([
  [['app-utils.js', 'app-index.js', 'app-model.js', 'app-views.js']],
  [['chunk-8a2n1.js']],
  [['page-10001.js', 'page-10002.js', 'page-10003.js', 'page-10004.js']],
  [['lib-utils2.js', 'lib-forms2.js', 'lib-lists2.js']],
  [['video-vp8-wasm.js', 'video-av1-simd-wasm.js', 'audio-opus-wasm.js']],
  [['a/x-8a2n1.js', 'b/x-x9k3p.js', 'c/x-q2w8e.js']],
])('%j: none without evidence', (names) => {
  expect(hashesIn(names)).toEqual({})
})

test("a hash of Turbopack's that looks like words, among others", () => {
  const names = ['0mjdxvr-uy_ud.js', '0cz1d0mv5g_q7.js', '39_j1bdzreq0m.js', 'framework-set.js']
  expect(Object.keys(hashesIn(names))).toEqual(names.slice(0, 3))
  expect(hashesIn(names.slice(0, 1))).toEqual({})
})

test("hashes of Vite's that nothing but another one tells from names", () => {
  const names = ['CbjcfJbO', '7lPpaU_S', 'Cu_bskz9', 'rkhvLvyd'].map((hash) => `assets/lazy-${hash}.js`)
  const sure = 'assets/index-D8b4DHJx.css'
  expect(Object.keys(hashesIn([...names, sure]))).toEqual([...names, sure])
  // In hexadecimal digits, in another folder, or behind another separator, they say nothing.
  expect(hashesIn([...names, 'index-D8b4DHJx.css', 'assets/index.D8b4DHJx.css'])).toEqual({
    'index-D8b4DHJx.css': 'D8b4DHJx',
    'assets/index.D8b4DHJx.css': 'D8b4DHJx',
  })
  expect(Object.keys(hashesIn(['a/main-0f3c9a12.js', 'a/app-CbjcfJbO.js']))).toEqual(['a/main-0f3c9a12.js'])
})

test("what people write beside Vite's hashes is none", () => {
  const sure = ['D8b4DHJx', 'CXIAVl5-', 'B1x2Y3z4', 'GSCfachA'].map((hash) => `assets/x-${hash}.js`)
  const others = [
    'loader-version2',
    'data-20240115',
    'my-DataGrid',
    'wasm-Instance',
    'x-my_page2',
    'a-useStore',
  ]
  expect(Object.keys(hashesIn([...sure, ...others.map((name) => `assets/${name}.js`)]))).toEqual(sure)
})

test("VitePress's pages without their static part", () => {
  expect(hashesIn(['assets/index.md.D8b4DHJx.lean.js'])).toEqual({
    'assets/index.md.D8b4DHJx.lean.js': 'D8b4DHJx',
  })
})

test('a word beside hashes is none', () => {
  const names = ['main-8a2n1.js', 'lazy-x9k3p.js', 'view-q2w8e.js', 'app-utils.js']
  expect(Object.keys(hashesIn(names))).toEqual(names.slice(0, 3))
})

test('pages and data that are named by an id have none', () => {
  const id = '64f1c0ffee8a2b3c4d5e6f70'
  expect(
    hashesIn([`product/${id}.html`, `product/${id}.txt`, `sitemap-${id}.xml`, 'blog/web3-faq.html']),
  ).toEqual({})
})

test('a digest of the content, wherever it stands in the name', () => {
  const md5 = createHash('md5').update('text').digest('hex')
  const names = [`${md5}-app.js`, `${md5}.worker.js`, `js/app-${md5}.js`]
  const texts = new Map(names.map((name) => [name, 'text']))
  expect(hashesIn(names, texts)).toEqual(Object.fromEntries(names.map((name) => [name, md5])))
  expect(hashesIn([`${md5}-other.js`], new Map([[`${md5}-other.js`, 'other']]))).toEqual({})
})
