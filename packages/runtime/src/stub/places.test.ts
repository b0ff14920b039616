import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { fileAt, type Places, plainUrlOf, rootOf } from './places.ts'
import type { StubFile } from './table.ts'

const row = (file: string): StubFile => [file, 1, { algorithm: 'SHA-256', value: 'f'.repeat(64) }]
const files = ['main.wasm', 'a.wasm', 'v2/a.wasm', 'assets/b-CXIAVl5-.wasm', "it's 100 %+#.wasm"].map(row)
const hashed = ['assets/b-CXIAVl5-.wasm']

beforeEach(() => vi.stubGlobal('location', new URL('https://page.example/app/deep/page.html')))
afterEach(() => vi.unstubAllGlobals())

/** The name of the file at a URL. */
const nameAt = (url: string, anchors: Places[0], urls: Places[1] = []): string | undefined =>
  fileAt(url, files, [anchors, urls, hashed])?.[0]

test.each<[string, string, string | false]>([
  ['https://x.example/app/assets/index.js?v=1#top', 'assets/index.js', 'https://x.example/app/'],
  ['https://x.example/index.js', 'index.js', 'https://x.example/'],
  ['https://x.example/moved/main.js', 'assets/index.js', false],
  ['https://x.example/my-index.js', 'index.js', false],
  ['/app/', '', 'https://page.example/app/'],
  ['//cdn.example/', '', 'https://cdn.example/'],
  ['blob:https://page.example/1234', 'worker.js', false],
  ['', 'index.js', false],
])('the root that %j shows, being %j, is %j', (url, path, root) => {
  expect(rootOf([url, path])).toBe(root)
})

test('all ways to write a URL are one, but an escaped slash is none', () => {
  expect(plainUrlOf('https://x.example/a%2Db%20c.wasm?x#y')).toBe('https://x.example/a-b c.wasm')
  expect(plainUrlOf('https://x.example/a%2fb')).not.toBe('https://x.example/a/b')
})

describe('a document without an address of its own', () => {
  const anchors: Places[0] = [
    ['https://page.example/v2/assets/index.js', 'assets/index.js'],
    ['/v2/', ''],
  ]
  beforeEach(() => vi.stubGlobal('location', { origin: 'null' }))

  test('has the base of the page that made it', () => {
    vi.stubGlobal('document', { baseURI: 'https://page.example/app/deep/page.html' })
    expect(nameAt('https://page.example/v2/main.wasm', anchors)).toBe('main.wasm')
    expect(nameAt('https://page.example/v2/main.wasm', anchors.slice(1))).toBe('main.wasm')
    expect(nameAt('https://page.example/any/b-CXIAVl5-.wasm', [])).toBe(hashed[0])
  })

  test('or, as an opaque worker, none: the script says where its files are', () => {
    expect(nameAt('https://page.example/v2/main.wasm', anchors)).toBe('main.wasm')
    expect(nameAt('https://page.example/v2/main.wasm', anchors.slice(1))).toBeUndefined()
  })
})

describe('a script whose own URL is known', () => {
  const anchors: Places[0] = [['https://page.example/v2/assets/index.js', 'assets/index.js']]
  test.each([
    ['https://page.example/v2/main.wasm', 'main.wasm'],
    ['https://page.example/v2/a.wasm', 'a.wasm'],
    ['https://page.example/v2/v2/a.wasm', 'v2/a.wasm'],
    ["https://page.example/v2/it's%20100%20%25+%23.wasm", "it's 100 %+#.wasm"],
    ['https://page.example/a.wasm', undefined],
    ['https://page.example/uploads/7/main.wasm', undefined],
    ['https://page.example/v2/uploads/7/main.wasm', undefined],
    ['https://other.example/v2/main.wasm', undefined],
    ['https://page.example/uploads/assets/b-CXIAVl5-.wasm', undefined],
  ])('%s is %j', (url, name) => {
    expect(nameAt(url, anchors)).toBe(name)
    // A public URL on the same origin says less than where the script is.
    if (!url.includes('CXIA')) expect(nameAt(url, [...anchors, ['/', '']])).toBe(name)
  })

  test('a public URL of another origin is a second root; a hash in the name makes any root do', () => {
    const both: Places[0] = [...anchors, ['https://cdn.example/x/', '']]
    expect(nameAt('https://cdn.example/x/main.wasm', both)).toBe('main.wasm')
    expect(nameAt('https://page.example/assets/b-CXIAVl5-.wasm', [...anchors, ['/', '']])).toBe(hashed[0])
  })

  test('a URL in the code counts for a plain name only on an origin that has no root', () => {
    const cdn = 'https://cdn.example/by-hand/main.wasm'
    expect(nameAt(cdn, anchors, [[cdn, 'main.wasm']])).toBe('main.wasm')
    expect(nameAt('https://page.example/main.wasm', anchors, [['/main.wasm', 'main.wasm']])).toBeUndefined()
  })
})

describe('where no place is known', () => {
  const anchors: Places[0] = [['https://chunks.example/moved.js', 'index.js']]
  test.each([
    ['https://page.example/any/b-CXIAVl5-.wasm', hashed[0]],
    ['https://chunks.example/any/b-CXIAVl5-.wasm', hashed[0]],
    ['https://other.example/any/b-CXIAVl5-.wasm', undefined],
    ['https://page.example/main.wasm', undefined],
  ])('%s is %j', (url, name) => {
    expect(nameAt(url, anchors)).toBe(name)
  })
})
