import { describe, expect, test } from 'vitest'
import { applyChanges } from '../edit/apply-changes.ts'
import type { WasmCosOptions } from '../options/options.ts'
import { resolveOptions } from '../options/resolve-options.ts'
import type { ScriptFile, WasmFile } from '../output.ts'
import { isFault } from '../report/is-fault.ts'
import { processOutput } from '../process.ts'
import { loadParser } from '../syntax/parser.ts'

const parser = await loadParser()
const wasm: WasmFile = { type: 'wasm', fileName: 'a.wasm', bytes: Buffer.from('a'), sources: [] }

function run(scripts: Record<string, string>, options: WasmCosOptions = {}, files = [wasm]) {
  const all = Object.entries(scripts).map(([fileName, code]): ScriptFile => ({
    type: 'script',
    fileName,
    code,
  }))
  const { edits, warnings } = processOutput([...files, ...all], { options: resolveOptions(options), parser })
  return {
    edited: edits.map(({ fileName }) => fileName),
    warnings,
    messages: warnings.map(({ message }) => message),
    codes: Object.fromEntries(
      edits.map(({ fileName, changes }) => [fileName, applyChanges(scripts[fileName]!, changes)]),
    ),
  }
}

const load = "WebAssembly.instantiateStreaming(fetch('a.wasm'))"

/** What Vite puts first into an entry. */
const preload =
  '(function(){let e=document.createElement(`link`).relList;if(e&&e.supports&&e.supports(`modulepreload`))return;' +
  'new MutationObserver(e=>{for(let t of e)n(t)}).observe(document,{childList:!0,subtree:!0});' +
  'function n(e){fetch(e.href,{})}})();'

test('a download helper that names neither WebAssembly nor a file is a loader', () => {
  const { edited, messages } = run({
    'main.js': `${preload}import { get } from './vendor.js'; get('a.wasm').then((bytes) => WebAssembly.instantiate(bytes))`,
    'vendor.js': 'export const get = (url) => fetch(url).then((response) => response.arrayBuffer())',
    'other.js': "fetch('/api')",
  })
  expect(edited).toEqual(['vendor.js'])
  expect(messages).toEqual([])
})

test('what a small bundle fetches that stands in one function with what Vite puts first', () => {
  const { edited } = run({ 'main.js': `(function(){${preload}${load}})()` })
  expect(edited).toEqual(['main.js'])
})

test('a helper that the importers of what names the file import', () => {
  const { edited } = run({
    'url.js': "export default 'a.wasm'",
    'main.js': "import url from './url.js'; import { get } from './vendor.js'; get(url)",
    'vendor.js': 'export const get = (url) => fetch(url)',
  })
  expect(edited).toEqual(['vendor.js'])
})

test('a file that a loader hands on is for those below it, and for no other library', () => {
  const b: WasmFile = { type: 'wasm', fileName: 'b.wasm', bytes: Buffer.from('b'), sources: [] }
  const loads = (name: string) => `WebAssembly.instantiateStreaming(fetch('${name}'))`
  const { codes } = run(
    {
      'main.js': "import('./one.js'); import('./two.js')",
      'one.js': `import { deep } from './part.js'; ${loads('a.wasm')}`,
      'part.js':
        "import './deep.js'; export const get = (url) => fetch(url).then(WebAssembly.compileStreaming)",
      'deep.js': 'export const load = (url) => fetch(url).then(WebAssembly.compileStreaming)',
      'two.js': loads('b.wasm'),
    },
    {},
    [wasm, b],
  )
  const namesIn = (code = '') => ['a.wasm', 'b.wasm'].filter((name) => code.includes(`["${name}"`))
  expect(Object.entries(codes).map(([name, code]) => [name, namesIn(code)])).toEqual([
    ['one.js', ['a.wasm']],
    ['part.js', ['a.wasm']],
    ['deep.js', ['a.wasm']],
    ['two.js', ['b.wasm']],
  ])
})

describe('a name of its own for the global object', () => {
  const wasmAndUse = (code: string) => `${code}; WebAssembly; 'a.wasm'`
  test.each([
    "const g = (function () { if (typeof globalThis !== 'undefined') return globalThis; throw 1 })(); const load = (...args) => g.fetch(...args)",
    "var g = typeof globalThis < 'u' ? globalThis : {}; g.fetch('a.wasm')",
    "var g = typeof window < 'u' ? window : typeof self < 'u' ? self : {}; g.fetch('a.wasm')",
    "var g = (typeof globalThis !== 'undefined' && globalThis) || (typeof self !== 'undefined' && self); g.fetch?.('a.wasm')",
    "(function(){ var g = typeof self == 'object' ? self : global; return () => g.fetch('a.wasm') })()",
    // A minifier's names stand for something else in other scopes.
    "var g = typeof self < 'u' ? self : {}; function f(g) { g = client; return g.fetch(1) } g.fetch('a.wasm')",
    // cross-fetch
    "var root = typeof globalThis < 'u' && globalThis || typeof self < 'u' && self || typeof global < 'u' && global, g = root.fetch ? root : new Own(); g.fetch('a.wasm')",
  ])('%s', (code) => {
    const { codes } = run({ 'a.js': wasmAndUse(code) })
    expect(codes['a.js']).toMatch(/\(typeof (cosFetch_\w+_on)<"u"\?\1\(g\):g\)\.fetch/)
  })

  test.each([
    // A worker has no window.
    "var g = typeof window < 'u' ? window : {}; g.fetch('a.wasm')",
    "var g = typeof global < 'u' ? global : self; g.fetch('a.wasm')",
    "var g = typeof self < 'u' ? self : {}; g = client; g.fetch('a.wasm')",
    "var g = typeof self < 'u' ? self : {}; [g] = [client]; g.fetch('a.wasm')",
    "var g = typeof self < 'u' ? self : {}; for (g of [client]) g.fetch('a.wasm')",
    "var g = typeof self < 'u' ? self : {}; (function (g) { g.fetch('a.wasm') })(client)",
    "var g = typeof self < 'u' ? self : {}; function f() { var g = client; g.fetch('a.wasm') }",
    "var g = typeof self < 'u' ? self : {}; function f() { g.fetch('a.wasm'); { function g() {} } var g = client }",
    "function f() { var g = typeof self < 'u' ? self : {} } g.fetch('a.wasm')",
    "var root = typeof self < 'u' ? self : {}, g = root.fetch ? own : root; g.fetch('a.wasm')",
    "var root = typeof self < 'u' ? self : {}; root = client; var g = root.fetch ? root : own; g.fetch('a.wasm')",
    "var root = client, g = root.fetch ? root : own; g.fetch('a.wasm')",
    "var root = g.fetch ? g : own, g = root.fetch ? root : own; g.fetch('a.wasm')",
  ])('not: %s', (code) => {
    expect(run({ 'a.js': wasmAndUse(code) }).edited).toEqual([])
  })
})

describe('XMLHttpRequest', () => {
  const request = (url: string, rest = '') =>
    `var x = new XMLHttpRequest; x.open('GET', ${url}${rest}); x.responseType = 'arraybuffer'; x.send()`
  const ours = /new \(typeof (cosFetch_\w{8}_xhr)<"u"\?\1:((?:window|self|g)\.)?XMLHttpRequest\)/g

  test.each([
    request("'a.wasm'"),
    `WebAssembly; ${request("'a.wasm'", ', true')}`,
    `(function () { ${request("'a.wasm'").replace('XMLHttp', 'window.XMLHttp')} })()`,
    `var g = typeof self < 'u' ? self : {}; ${request("'a.wasm'").replace('XMLHttp', 'g.XMLHttp')}`,
    `class Loader { constructor() { this.x = new XMLHttpRequest() } set type(type) { this.x.responseType = type } }; 'a.wasm'`,
    `export const get = (url, isAsync) => { ${request('url', ', isAsync')} }; get('a.wasm')`,
    // What declares names of the stub's own platform.
    `const Event = 1, Reflect = 2; ${request("'a.wasm'")}`,
  ])('%s', (code) => {
    const { codes, messages } = run({ 'a.js': code })
    expect(codes['a.js']?.match(ours)).toHaveLength(1)
    expect(messages).toEqual([])
    expect(run({ 'a.js': codes['a.js']! }).edited).toEqual([])
  })

  const emscriptensReader =
    "function read(u) { var x = new XMLHttpRequest(); x.open('GET', u, true); x.responseType = 'arraybuffer'; x.onload = () => { if (x.status == 200 || (x.status == 0 && x.response)) done(x.response) }; x.send() }"
  const synchronousReader = `function now(u) { ${request('u', ', false')}; return x.response }`

  test.each([
    request("'a.wasm'", ', false'),
    request("'a.wasm'", ', !1'),
    "var x = new XMLHttpRequest(); x.open('GET', 'a.wasm'); x.send()",
    `var Own = XMLHttpRequest; var x = new Own; x.responseType = 'blob'; 'a.wasm'`,
    `class Own extends XMLHttpRequest {}; var x = new Own; x.responseType = 'blob'; 'a.wasm'`,
    `var XMLHttpRequest = require('xhr2'); ${request("'a.wasm'")}`,
    `(function (window) { ${request("'a.wasm'").replace('XMLHttp', 'window.XMLHttp')} })(other)`,
    `(function () { eval(code); ${request("'a.wasm'")} })()`,
  ])('not: %s', (code) => {
    const { edited, messages } = run({ 'a.js': code })
    expect(edited).toEqual([])
    expect(messages[0]).toMatch(/^a\.wasm will not come from Cross-Origin Storage/)
  })

  test("nobody pays for what stands in for fetch in Emscripten's glue; where there is no fetch, it is what loads", () => {
    const both = `(function () { ${emscriptensReader} ${synchronousReader} ${load} })()`
    const { codes } = run({ 'a.js': both })
    expect(codes['a.js']).not.toContain('_xhr')
    const minified = both.replace('x.status == 200 || (x.status == 0', '200==x.status||(0==x.status')
    expect(run({ 'a.js': minified }).codes['a.js']).not.toContain('_xhr')
    const alone = run({
      'a.js': `(function () { ${emscriptensReader} ${synchronousReader} read('a.wasm') })()`,
    })
    expect(alone.codes['a.js']!.match(ours)).toHaveLength(1)
  })

  test('a script that can do both answers for both', () => {
    const { codes } = run({ 'a.js': `function get(url) { ${request('url')} }; get('a.wasm'); fetch('/api')` })
    expect(codes['a.js']!.match(ours)).toHaveLength(1)
    expect(codes['a.js']).toMatch(/:fetch\)\('\/api'\)/)
  })

  test('a download helper in another chunk; none where what names the file loads it', () => {
    const helper = `export const get = (url) => { ${request('url')} }`
    const scripts = { 'main.js': "import { get } from './vendor.js'; get('a.wasm')", 'vendor.js': helper }
    expect(run(scripts).edited).toEqual(['vendor.js'])
    expect(run({ ...scripts, 'main.js': `import './vendor.js'; ${load}` }).edited).toEqual(['main.js'])
  })
})

test('no helper where what is imported loads wasm', () => {
  const { edited } = run({
    'main.js': "import { load } from './glue.js'; import './vendor.js'; load('a.wasm')",
    'glue.js': 'export const load = (url) => WebAssembly.instantiateStreaming(fetch(url))',
    'vendor.js': 'export const get = (url) => fetch(url)',
  })
  expect(edited).toEqual(['glue.js'])
})

test('what the bundler records of a chunk is no import of wasm: its reason is that nobody fetches', () => {
  const code = 'WebAssembly.instantiate(bytes)'
  const main: ScriptFile = { type: 'script', fileName: 'main.js', code, refersTo: ['a.wasm', 'b.js'] }
  const other: ScriptFile = { type: 'script', fileName: 'b.js', code: 'export const b = 1' }
  const { warnings } = processOutput([wasm, main, other], { options: resolveOptions(), parser })
  expect(warnings.map(({ message }) => message)).toEqual([expect.stringMatching(/calls fetch\(\)/)])
})

test("Vite's preload of modules is no loader: the build says that nobody fetches", () => {
  const { edited, messages } = run({ 'main.js': `${preload}export const url = 'a.wasm'` })
  expect(edited).toEqual([])
  expect(messages).toEqual([
    expect.stringMatching(/main\.js names it, but neither it nor a script that it imports calls fetch\(\)/),
  ])
})

test('a function called fetch in another function is that one only there; in a block of sloppy code nobody can tell', () => {
  const { edited, messages } = run({
    'umd.js': `(function(){ function fetch() {} fetch() })(); ${load}`,
    'arrow.js': `(() => { function fetch() {} fetch() })(); ${load}`,
    'block.js': `if (x) { function fetch() {} } ${load}`,
    'with.js': `with (x) fetch(); ${load}`,
  })
  expect(edited).toEqual(['umd.js', 'arrow.js'])
  expect(messages).toEqual([
    expect.stringMatching(/^block\.js has 'with' or declares 'fetch' in a block/),
    expect.stringMatching(/^with\.js has 'with' or/),
  ])
})

test('what direct eval may have declared is left alone, and the build says so', () => {
  const { codes, edited, messages } = run({
    'a.js': `(function(){ eval(code); ${load} })()`,
    'b.js': `(function(){ eval(code); ${load} })(); (function(){ ${load} })()`,
    'c.js': `(function(){ 'use strict'; eval(code); ${load} })()`,
    'd.js': `(function(){ (0, eval)(code); ${load} })()`,
  })
  expect(edited).toEqual(['b.js', 'c.js', 'd.js'])
  expect(codes['b.js']!.match(/:fetch\)/g)).toHaveLength(1)
  expect(messages).toEqual([
    expect.stringMatching(/^a\.js calls fetch\(\) in a function with direct eval/),
    expect.stringMatching(/^b\.js calls fetch\(\) in a function with direct eval/),
  ])
})

test.each([
  ['probe', Buffer.from([0, 97, 115, 109, 1, 0, 0, 0, ...Array(80).fill(0)]), []],
  [
    'module',
    Buffer.from([0, 97, 115, 109, 1, 0, 0, 0, ...Array(2000).fill(0)]),
    [expect.stringMatching(/^vendor-x\.js carries a wasm module as base64 \(2\.0 kB\)/)],
  ],
])('an inlined %s', (_, bytes, expected) => {
  const scripts = { 'vendor-x.js': `x("data:application/wasm;base64,${bytes.toString('base64')}")` }
  expect(run(scripts, {}, []).messages).toEqual(expected)
  expect(
    run(scripts, { exclude: '**/vendor-*.js' }, []).messages.filter((message) => /carries/.test(message)),
  ).toEqual([])
})

test.each([
  ["new XMLHttpRequest().open('GET', 'a.wasm', false)", /synchronous requests, which cannot wait/],
  [
    "new XMLHttpRequest().open('GET', 'a.wasm')",
    /loads it through XMLHttpRequest in another way than new XMLHttpRequest\(\) with responseType/,
  ],
  [
    "start('addEventListener(`message`, () => fetch(url).then(WebAssembly.compileStreaming))', 'a.wasm')",
    /the text of a worker/,
  ],
  ["import { answer } from './a.wasm'; answer()", /imports it as a module/],
  ["import source module from './a.wasm'; module", /imports it as a module/],
  ["const module = await import.source('./a.wasm'); module", /imports it as a module/],
  [
    "const { answer } = await import('./a.wasm'); answer(); WebAssembly; fetch('/api')",
    /imports it as a module/,
  ],
  ["export * from './a.wasm'; fetch('b.wasm').then(WebAssembly.compileStreaming)", /imports it as a module/],
])('%s: why not', (code, reason) => {
  expect(run({ 'a.js': code }).messages).toEqual([expect.stringMatching(reason)])
})

const workerText = 'onmessage = ({ data }) => fetch(data).then(WebAssembly.compileStreaming)'
const startsText = `new Worker(URL.createObjectURL(new Blob([${JSON.stringify(workerText)}])))`

test('a loader as text is said of a script that is given the URL by another one, too', () => {
  const { messages } = run({
    'lib.js': `export const start = (url) => fetch(url).then(WebAssembly.compileStreaming); ${startsText}`,
    'main.js': "import('./lib.js').then(({ start }) => start('a.wasm'))",
  })
  expect(messages).toEqual([
    expect.stringMatching(/^a\.wasm: comes from .*, but lib\.js also carries a loader as the text/),
  ])
})

test('a loader as text is said where the script also loads the file itself, and is no error under strict', () => {
  const { edited, warnings } = run({ 'a.js': `${load}; ${startsText}` })
  expect(edited).toEqual(['a.js'])
  expect(warnings).toEqual([
    {
      code: 'loader-as-text',
      message: expect.stringMatching(
        /^a\.wasm: .* a\.js also carries a loader as the text .*'worker: false'/,
      ),
    },
  ])
  expect(warnings.filter(isFault)).toEqual([])
})

test('a file that only the text of a worker names', () => {
  const { messages } = run({ 'a.js': startsText.replace('fetch(data)', "fetch('/a.wasm')") })
  expect(messages).toEqual([expect.stringMatching(/^a\.wasm will not come .* the text of a worker/)])
})

test('a page that shows how to load wasm starts no worker', () => {
  expect(run({ 'a.js': `${load}; show(${JSON.stringify(workerText)})` }).messages).toEqual([])
})

test('a file that is imported and fetched is served where it is fetched', () => {
  const { edited, messages } = run({ 'a.js': `import './a.wasm'; ${load}` })
  expect(edited).toEqual(['a.js'])
  expect(messages).toEqual([])
})

test('a dependency that was published with a stub leaves the rest of its chunk to this build', () => {
  const first = run(
    { 'dependency.js': "export const one = () => WebAssembly.compileStreaming(fetch('old.wasm'))" },
    {},
    [{ ...wasm, fileName: 'old.wasm', bytes: Buffer.from('old') }],
  ).codes['dependency.js']!
  const { codes, messages } = run({ 'chunk.js': `${first}\nexport const two = () => ${load}` })
  expect(codes['chunk.js']!.startsWith(first.slice(0, first.indexOf('function cosFetch_')))).toBe(true)
  expect(codes['chunk.js']).toContain('["a.wasm",1,')
  expect(messages.filter((message) => !/old\.wasm/.test(message))).toEqual([])
})

test('a second run changes nothing', () => {
  const first = run({ 'a.js': `${load}; x(fetch)` }).codes['a.js']!
  expect(run({ 'a.js': first }).edited).toEqual([])
})

test('of two files of one name, an import means the one that it leads to', () => {
  const { messages } = run(
    {
      'one/glue.js': "import module from './lib/a.wasm'; module",
      'two/glue.js': "import module from './lib/a.wasm'; module",
    },
    {},
    ['one', 'two'].map((folder) => ({
      ...wasm,
      fileName: `${folder}/lib/a.wasm`,
      bytes: Buffer.from(folder),
    })),
  )
  expect(messages).toEqual([
    expect.stringMatching(/^one\/lib\/a\.wasm .* one\/glue\.js imports it/),
    expect.stringMatching(/^two\/lib\/a\.wasm .* two\/glue\.js imports it/),
  ])
})
