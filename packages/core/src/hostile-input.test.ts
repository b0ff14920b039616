import { createContext, Script } from 'node:vm'
import { parseSync } from 'oxc-parser'
import { describe, expect, test } from 'vitest'
import { applyChanges } from './edit/apply-changes.ts'
import { hashOf } from './hash/hash.ts'
import { resolveOptions } from './options/resolve-options.ts'
import type { OutputFile } from './output.ts'
import { loadParser } from './syntax/parser.ts'
import { processOutput } from './process.ts'

const parser = await loadParser()

const wasm = (fileName: string, bytes: Uint8Array = Buffer.from('a')): OutputFile => ({
  type: 'wasm',
  fileName,
  bytes,
  sources: [],
})

function instrument(code: string, file: OutputFile, fileName = 'chunk.js') {
  const script: OutputFile = { type: 'script', fileName, code, refersTo: [file.fileName] }
  const { edits, warnings } = processOutput([file, script], { options: resolveOptions(), parser })
  return { edited: edits.reduce((text, { changes }) => applyChanges(text, changes), code), warnings }
}

describe('a file may have any name', () => {
  const names = [
    'a"b.wasm',
    "a'b.wasm",
    'a`${b}.wasm',
    '</script><script>.wasm',
    'naïve/模块.wasm',
    '$&.wasm',
    "$'.wasm",
    '$name.wasm',
    'a\\b.wasm',
    'a b+c%.wasm',
    '\u2028.wasm',
  ]

  test.each(names)('%j', async (name) => {
    const { edited } = instrument('WebAssembly.compileStreaming(done(fetch(url)))', wasm(name))
    expect(edited).not.toMatch(/<\/script/)
    const asked: unknown[] = []
    const path = name.split('/').map(encodeURIComponent).join('/')
    await new Promise((done) => {
      const page = {
        url: `https://page.example/app/${path}`,
        URL,
        Request,
        WebAssembly: { compileStreaming() {} },
        location: new URL('https://page.example/'),
        document: { currentScript: { src: 'https://page.example/app/chunk.js' } },
        performance: { now: () => 0, measure() {} },
        navigator: {
          crossOriginStorage: { requestFileHandle: (hash: unknown) => (asked.push(hash), Promise.reject()) },
        },
        setTimeout,
        clearTimeout,
        btoa,
        fetch: async () => new Response(),
        done,
      }
      new Script(edited).runInContext(createContext(page))
    })
    expect(asked).toEqual([hashOf(Buffer.from('a'))])
  })
})

test('a wasm of zero bytes is not shared, and named', () => {
  const code = 'WebAssembly.compileStreaming(fetch(url))'
  const { edited, warnings } = instrument(code, wasm('a.wasm', new Uint8Array()))
  expect(edited).toBe(code)
  expect(warnings.map(({ message }) => message)).toEqual([expect.stringContaining('a.wasm is not shared')])
})

test.each([
  'not JavaScript at all',
  '<!doctype html>',
  '{"json": "fetch WebAssembly"',
  '\0asm WebAssembly fetch (',
])('a chunk that is %j is left alone, and the warning names it', (code) => {
  const { edited, warnings } = instrument(`${code} WebAssembly`, wasm('a.wasm'), 'assets/odd.js')
  expect(edited).toBe(`${code} WebAssembly`)
  expect(warnings.map(({ message }) => message).join()).toContain('assets/odd.js')
})

test('20 MB of minified code', { timeout: 120_000 }, () => {
  const filler = Array.from(
    { length: 440_000 },
    (_, index) => `function f${index}(a,b){return a?b+${index}:f0(b,a)}`,
  )
  const code = `${filler.join('')};WebAssembly.compileStreaming(fetch("a.wasm"));`
  expect(code.length).toBeGreaterThan(19e6)
  const { edited } = instrument(code, wasm('a.wasm'))
  expect(parseSync('chunk.js', edited).errors).toEqual([])
  expect(edited).toMatch(/compileStreaming\(\(typeof cosFetch_[^()]+\(\):fetch\)\("a\.wasm"\)\)/)
})

test(
  'code whose syntax tree is too large for the parser is left alone, and the warning names it',
  { timeout: 120_000 },
  () => {
    const code = `${'f(a,b);'.repeat(3_000_000)}WebAssembly.compileStreaming(fetch("a.wasm"))`
    const { edited, warnings } = instrument(code, wasm('a.wasm'), 'assets/huge.js')
    expect(edited === code).toBe(true)
    expect(warnings.map(({ message }) => message).join()).toContain('assets/huge.js')
  },
)

test('code that is nested deeply somewhere else', () => {
  const code = `a${'.b(1)'.repeat(20_000)};WebAssembly.compileStreaming(fetch("a.wasm"))`
  const { edited, warnings } = instrument(code, wasm('a.wasm'))
  expect(warnings).toEqual([])
  expect(edited).toMatch(/compileStreaming\(\(typeof cosFetch_[^()]+\(\):fetch\)\("a\.wasm"\)\)/)
})

test.each([String.raw`a.\u0077asm`, String.raw`a.\x77asm`, String.raw`a\x2ewasm`, String.raw`a\u{2E}wasm`])(
  'a name that is written %s is that of the file',
  (name) => {
    const load = (text: string) => `WebAssembly.compileStreaming(fetch(${text}))`
    const named: OutputFile = { type: 'script', fileName: 'named.js', code: `${load(`"${name}"`)}//.wasm` }
    const other: OutputFile = { type: 'script', fileName: 'other.js', code: load('url') }
    const { edits } = processOutput([wasm('a.wasm'), named, other], { options: resolveOptions(), parser })
    expect(edits.map(({ fileName }) => fileName)).toEqual(['named.js'])
  },
)

test.each([String.raw`f\u0065tch`, String.raw`f\u{65}tch`, String.raw`\u0066etch`])(
  'a declaration that is written %s is one of fetch',
  (name) => {
    const code = `var ${name}=polyfill;WebAssembly.compileStreaming(fetch("a.wasm"))`
    expect(instrument(code, wasm('a.wasm')).edited).toBe(code)
  },
)

describe('a script does what it did before where there is no storage', () => {
  const programs: [string, string, object?][] = [
    [
      'in a worker with a document for libraries',
      `self.document = { createElement() {} }; log(fetch('a.wasm'))`,
    ],
    ['in a worker whose document is nothing', `self.document = null; log(fetch('a.wasm'))`],
    [
      'that declares a name of the stub, in Node',
      `function f(location) {} log(fetch('a.wasm'))`,
      { self: undefined },
    ],
    ['that deletes fetch', `delete window?.fetch; log(typeof window.fetch)`],
    [
      'that compares with fetch in a chain',
      `var { fetch: native } = window; log(window?.fetch === native, fetch === window?.fetch)`,
    ],
    [
      'on a page whose functions have a property more',
      `Function.prototype.f = () => 'mine'; log(fetch('a.wasm')); log([fetch][0]('u'))`,
    ],
    [
      'that calls itself',
      `var all = []; !function go(n) { all.push(fetch); n && go(n - 1) }(1); log(new Set(all).size)`,
    ],
  ]
  test.each(programs)('%s', (_, code, globals) => {
    const text = `if (0) WebAssembly.compileStreaming(fetch('a.wasm')); ${code}`
    const run = (script: string): unknown[] => {
      const seen: unknown[] = []
      const realm: Record<string, unknown> = {
        fetch: (url: string) => `fetched ${url}`,
        log: (...values: unknown[]) => seen.push(...values),
        performance,
      }
      new Script(script).runInContext(
        createContext(Object.assign(realm, { self: realm, window: realm }, globals)),
      )
      return seen
    }
    const { edits } = processOutput(
      [
        wasm('a.wasm'),
        { type: 'script', fileName: 'chunk.js', code: text, format: 'either', refersTo: ['a.wasm'] },
      ],
      { options: resolveOptions(), parser },
    )
    expect(edits).toHaveLength(1)
    expect(run(applyChanges(text, edits[0]!.changes))).toEqual(run(text))
  })
})

test('a labelled function in a block may be the fetch of a function: the script is left alone', () => {
  const code = `(function () { { l: function fetch(url) {} } WebAssembly.compileStreaming(fetch('a.wasm')) })()`
  expect(instrument(code, wasm('a.wasm')).edited).toBe(code)
})

test('a fetch that is replaced for one call is called on a miss, also by a script that has another one of that name', async () => {
  const code = `function other(fetch) {}\nload = () => WebAssembly.compileStreaming(fetch('https://page.example/app/a.wasm'))`
  const calls: string[] = []
  const answer = (name: string) => async () => (calls.push(name), new Response())
  const page: Record<string, unknown> = {
    URL,
    Request,
    Response,
    WebAssembly: { compileStreaming: (response: unknown) => response },
    location: new URL('https://page.example/'),
    document: { currentScript: { src: 'https://page.example/app/chunk.js' } },
    performance,
    navigator: { crossOriginStorage: { getFileHandle: async () => Promise.reject(new Error('none')) } },
    setTimeout,
    clearTimeout,
    btoa,
    fetch: answer('for one call'),
  }
  page['self'] = page
  new Script(instrument(code, wasm('a.wasm')).edited).runInContext(createContext(page))
  const loaded = (page['load'] as () => Promise<unknown>)()
  page['fetch'] = answer('afterwards')
  await loaded
  expect(calls).toEqual(['for one call'])
})
