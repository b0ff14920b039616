import { describe, expect, test } from 'vitest'
import { resolveOptions } from '../options/resolve-options.ts'
import type { ScriptFile, WasmFile } from '../output.ts'
import { processOutput } from '../process.ts'
import { loadParser } from '../syntax/parser.ts'

const parser = await loadParser()
const wasm: WasmFile = { type: 'wasm', fileName: 'a.wasm', bytes: Buffer.from('a'), sources: [] }
const load = "WebAssembly.instantiateStreaming(fetch('a.wasm'))"

type Script = [fileName: string, code: string]

function run(...scripts: Script[]) {
  return runWith([wasm], ...scripts)
}

function runWith(wasm: WasmFile[], ...scripts: Script[]) {
  const files = scripts.map(([fileName, code]): ScriptFile => ({ type: 'script', fileName, code }))
  const { edits, warnings } = processOutput([...wasm, ...files], { options: resolveOptions(), parser })
  return { edited: edits.map(({ fileName }) => fileName), messages: warnings.map(({ message }) => message) }
}

const replacing = [
  'const own = globalThis.fetch; globalThis.fetch = () => own(b)',
  // jassub
  'const _fetch = globalThis.fetch; globalThis.fetch = _ => _fetch(data.wasmUrl)',
  'const own = fetch; window.fetch = (url, init) => own(cdn + url, init)',
  'const own = fetch; self.fetch = function (url) { console.log(url); return own(other(url)) }',
  "globalThis['fetch'] = async () => new Response(bytes)",
  'fetch = () => Promise.resolve(new Response(bytes))',
  'const own = fetch; function mine() { return own(b) } self.fetch = mine',
  'if (window.fetch) { const own = fetch; window.fetch = () => own(b) }',
  "Object.defineProperty(globalThis, 'fetch', { value: () => new Response(bytes) })",
  "Object.defineProperty(window, 'fetch', { get: () => mine }); function mine() { return own(b) }",
  "Object.defineProperty(self, 'fetch', { get() { return mine }, configurable: true }); const mine = () => own(b)",
  'Reflect.defineProperty(window, `fetch`, { value() { return own(b) }, writable: true })',
  'Object.defineProperties(self, { fetch: { value: () => own(b) } })',
  "Reflect.set(globalThis, 'fetch', () => own(b))",
  'Object.assign(globalThis, { fetch: () => own(b) })',
  'Object.assign(window, { Headers: X }, { fetch() { return own(b) } })',
  'const fetch = async () => new Response(bytes); Object.assign(globalThis, { fetch })',
  'const mocks = { fetch: () => own(b) }; Object.assign(self, mocks)',
  'const mocks = { fetch: () => own(b) }; globalThis.fetch = mocks.fetch',
  'globalThis[`fetch`] = () => own(b)',
  '({ fetch: globalThis.fetch } = { fetch: () => own(b) })',
  'const x = { get: () => own(b) }; ({ get: self.fetch = other } = x)',
  'const x = { fetch: () => own(b) }; ({ fetch } = x)',
  '[window.fetch] = [() => own(b)]',
  'window.fetch = self.fetch = () => own(b)',
  'const mine = () => own(b); window.fetch = mine.bind(null)',
  'window.fetch = (0, () => own(b))',
  'window.fetch = isTest ? () => own(b) : () => own(c)',
  'const root = globalThis; root.fetch = () => own(b)',
  "const root = self; root['fetch'] = () => own(b)",
  "const root = typeof globalThis < 'u' ? globalThis : self; root.fetch = () => own(b)",
  'const root = window; Object.assign(root, { fetch: () => own(b) })',
  "const root = window; Object.defineProperty(root, 'fetch', { value: () => own(b) })",
  // What webpack makes of `global`, with and without its minifier.
  '__webpack_require__.g.fetch = () => own(b)',
  "__webpack_require__.g['fetch'] = () => own(b)",
  "Object.defineProperty(__webpack_require__.g, 'fetch', { value: () => own(b) })",
  'if (__webpack_require__.g.fetch) { __webpack_require__.g.fetch = () => own(b) }',
  '(self.webpackChunk=self.webpackChunk||[]).push([[1],{42:(e,t,n)=>{n.g.fetch=()=>own(b)}}])',
  'var e={42:function(e,t,n){n.g.fetch=()=>own(b)}}',
  'n.g=function(){if("object"==typeof globalThis)return globalThis;try{return this||new Function("return this")()}catch(e){if("object"==typeof window)return window}}(),n.g.fetch=()=>own(b)',
  '__assign(window, { fetch: () => own(b) })',
  '_extends(globalThis, { fetch: () => own(b) })',
  '(0, tslib.__assign)(self, { fetch: () => own(b) })',
  '$.extend(window, { fetch: () => own(b) })',
  // Classic scripts declare for the whole page.
  'var fetch = () => own(b); self.fetch()',
  'function fetch() { return own(b) }',
  'async function fetch() { return own(b) }',
  'if (isTest) var fetch = () => own(b)',
  'let fetch = () => own(b)',
  'const $ = globalThis; ({ fetch: $.fetch } = { fetch: () => own(b) })',
  'var { fetch } = { fetch: () => own(b) }',
  'var [fetch = own] = [() => own(b)]',
  'let { mine: fetch } = { mine: () => own(b) }',
  'for (var fetch of [() => own(b)]) break',
  'for (self.fetch of [() => own(b)]) break',
  "for (window['fetch'] of [() => own(b)]);",
  'for ({ fetch: self.fetch } of [{ fetch: () => own(b) }]);',
  'for (self.fetch in { none: 1 });',
  'self.fetch &&= () => own(b)',
  'self.fetch++',
  "window.fetch += ''",
  "__defineGetter__('fetch', () => () => own(b))",
  "globalThis.__defineGetter__('fetch', function () { return mine }); const mine = () => own(b)",
  "window['__defineGetter__'](`fetch`, () => (url) => own(b))",
  "const root = self; root.__defineGetter__('fetch', () => () => own(b))",
  "const { defineProperty } = Object; defineProperty(globalThis, 'fetch', { value: () => own(b) })",
  "var __defProp = Object.defineProperty; __defProp(self, 'fetch', { get: () => mine }); const mine = () => own(b)",
  'const own = fetch; window.fetch = new Proxy(own, { apply: (own, that, args) => own(b) })',
  'const own = fetch; const handler = { apply(target, that, [url]) { return target(other) } }; self.fetch = new Proxy(fetch, handler)',
  'window.self.fetch = () => own(b)',
  'globalThis.window.fetch = () => own(b)',
  'this.fetch = () => own(b)',
  'function mine() { return own(b) } (function (root, mine) { root.fetch = mine })(self, mine)',
  'const mine = () => own(b); function install(mine) { window.fetch = mine } install(mine)',
  'const lib = { fetch: () => own(b) }; function install(lib) { window.fetch = lib.fetch } install(lib)',
  // A name of another function is not the same.
  'function lib() { const n = (url) => own(url) } const n = () => own(b); window.fetch = n',
  'function lib(n) { n = wrap(fetch) } var n = () => own(b); window.fetch = n',
  '(() => { this.fetch = () => own(b) })()',
  '(function (w) { var own = w.fetch; w.fetch = function () { return own(b) } })(window)',
  '!function(e,t){t.fetch=()=>own(b)}(1,self)',
  '((w) => Object.assign(w, { fetch: () => own(b) }))(globalThis)',
  "(function (w) { w.__defineGetter__('fetch', () => () => own(b)) })(typeof self < 'u' ? self : this)",
  // Modules of webpack's in lists (`moduleIds: 'natural'` and `'size'`).
  '(self.webpackChunk=self.webpackChunk||[]).push([[1],[,(e,t,n)=>{n.g.fetch=()=>own(b)}]])',
  '(self.webpackChunk=self.webpackChunk||[]).push([[1],Array(9).concat([(e,t,n)=>{n.g.fetch=()=>own(b)}])])',
  '(()=>{var e=[,(e,t,n)=>{n.g.fetch=()=>own(b)}],t={};function r(n){e[n](0,0,r)}r.g=function(){if("object"==typeof globalThis)return globalThis;try{return this||new Function("return this")()}catch(e){if("object"==typeof window)return window}}();r(1)})()',
]

describe('a script that answers in its own way is left to it, and the build says so', () => {
  test.each(replacing)('%s', (code) => {
    const { edited, messages } = run(['a.js', `${code};${load}`])
    expect(edited).toEqual([])
    expect(messages).toEqual([
      expect.stringMatching(
        /^a\.wasm will not come.*: a\.js replaces the global fetch by a function.*exclude/,
      ),
    ])
  })

  test.each(replacing)('also by a script that has nothing to do with wasm: %s', (code) => {
    const scripts: [string, string][] = [
      ['main.js', `import './replaces.js';${load}`],
      ['replaces.js', code],
    ]
    expect(run(...scripts).edited).toEqual([])
  })

  test.each(['if (isTest) { function fetch() { return own(b) } }', 'with (window) { fetch = () => own(b) }'])(
    'also where nobody can tell which fetch is meant: %s',
    (code) => {
      const { edited, messages } = run(['main.js', `import './replaces.js';${load}`], ['replaces.js', code])
      expect(edited).toEqual([])
      expect(messages).toContainEqual(expect.stringMatching(/replaces\.js replaces the global fetch/))
    },
  )

  test('in what it imports and what imports it as well, not behind the URL of a worker', () => {
    const { edited, messages } = run(
      ['main.js', "import './replaces.js'; import './loads.js'; new Worker('worker.js')"],
      ['replaces.js', 'const own = fetch; self.fetch = () => own(b)'],
      ['loads.js', load],
      ['worker.js', load],
    )
    expect(edited).toEqual(['worker.js'])
    expect(messages).toEqual([])
  })
})

test('one warning for all files and scripts that have to do with each other', () => {
  const other: WasmFile = { ...wasm, fileName: 'b.wasm', bytes: Buffer.from('b') }
  const replaces = (worker: string) => `const own = fetch; self.fetch = () => own('a.wasm'); '${worker}'`
  const { messages } = runWith(
    [wasm, other],
    ['main.js', "new Worker('one.js'); show('a.wasm', 'b.wasm')"],
    ['one.js', replaces('two.js')],
    ['two.js', replaces('')],
  )
  expect(messages).toEqual([
    expect.stringMatching(
      /^a\.wasm, b\.wasm will not come .*: one\.js and two\.js replace the global fetch by functions .* Let them call/,
    ),
  ])
})

test('a warning each for what has nothing to do with each other', () => {
  const other: WasmFile = { ...wasm, fileName: 'b.wasm', bytes: Buffer.from('b') }
  const replaces = (file: string) => `const own = fetch; self.fetch = () => own('${file}')`
  const { messages } = runWith([wasm, other], ['one.js', replaces('a.wasm')], ['two.js', replaces('b.wasm')])
  expect(messages).toEqual([
    expect.stringMatching(/^a\.wasm will not come .*: one\.js replaces .* so that it decides what it loads/),
    expect.stringMatching(/^b\.wasm will not come .*: two\.js replaces/),
  ])
})

describe('what hands its request on, what is for browsers without fetch, and what nobody can see, changes nothing', () => {
  test.each([
    'const own = window.fetch; window.fetch = (...args) => (seen(args[0]), own(...args))',
    'const own = fetch; window.fetch = function () { return own.apply(this, arguments) }',
    'const own = fetch; window.fetch = function (input, init) { return own.call(this, input, init) }',
    'const own = fetch; window.fetch = (...args) => Reflect.apply(own, undefined, args)',
    'const own = fetch; window.fetch = async (input, init) => { const request = new Request(input, init); return own(request.clone()) }',
    'const own = fetch; window.fetch = (url, init) => mocks[url] ? mocks[url]() : own(url, init)',
    'const own = fetch; const mine = async (...args) => own(...args); window.fetch = mine',
    '(function (own) { window.fetch = function (url, init) { return own(url, init) } })(window.fetch)',
    'const own = fetch; function mine() { return (mine = helper(function* (url) { return yield own(url) })).apply(this, arguments) } self.fetch = function () { return mine.apply(this, arguments) }',
    'self.fetch || (self.fetch = () => new Response())',
    'self.fetch ||= () => new Response()',
    "if (typeof fetch === 'undefined') self.fetch = () => new Response()",
    'if (!window.fetch) { window.fetch = () => new Response() }',
    '(function () { if (self.fetch) return; self.fetch = () => new Response() })()',
    'typeof fetch != "function" && (self.fetch = () => new Response())',
    'const own = fetch; window.fetch = wrap(own)',
    'const own = fetch; window.fetch = own',
    'store.fetch = () => own(b)',
    'const own = fetch; Object.assign(window, { fetch: (...args) => own(...args) })',
    "const own = fetch; Object.defineProperty(window, 'fetch', { get: () => (url, init) => own(url, init) })",
    'const own = fetch; ({ fetch: self.fetch } = { fetch: (...args) => own(...args) })',
    'const root = globalThis, own = root.fetch; root.fetch = (...args) => own(...args)',
    'if (!self.fetch) Object.assign(self, { fetch: () => new Response() })',
    "'fetch' in self || Object.defineProperty(self, 'fetch', { value: () => new Response() })",
    'import { mine } from "./api.js"; Object.assign(globalThis, { fetch: mine }); const api = { mine: () => own(b) }',
    "var g = (typeof globalThis !== 'undefined' && globalThis) || (typeof self !== 'undefined' && self) || {}; if (!g.fetch) { g.fetch = () => new Response() }",
    'const root = self; root.fetch || Object.assign(root, { fetch: () => new Response() })',
    'Object.assign(options, { fetch: () => own(b) })',
    'const root = globalThis; (function (root) { root.fetch = () => own(b) })(store)',
    'const own = fetch; window.fetch = isTest ? () => own(b) : own',
    'Object.assign(globalThis, { fetcher: () => own(b) })',
    'const { fetch: load = () => own(b) } = self',
    'const own = fetch; __webpack_require__.g.fetch = (...args) => own(...args)',
    '__webpack_require__.g.fetch || (__webpack_require__.g.fetch = () => new Response())',
    'var e={42:(e,t,n)=>{n.g.fetch||(n.g.fetch=()=>new Response())}}',
    'var e={42:(e,t,n)=>{t.g.fetch=()=>new Response()}}',
    'const $ = { g: {} }; $.g.fetch = () => own(b)',
    // Names like the runtime's are also those of exports, and of others where a minifier takes a name again.
    'var r={};r.g=function(){return globalThis}();(function(r){r.g.fetch=()=>own(b)})(store)',
    'var e={42:(e,t,n)=>{e(7).map(n=>n.g.fetch=()=>own(b))}}',
    'const routes = { load: (request, response, context) => { context.g.fetch = () => own(b) } }',
    '(function () { var fetch = () => own(b) })()',
    '(function () { function fetch() { return own(b) } })()',
    '_.extend(options, { fetch: () => own(b) })',
    'self.fetch ??= () => new Response()',
    "typeof fetch>'u'&&(self.fetch=()=>new Response())",
    "'u'>typeof fetch||(self.fetch=()=>new Response())",
    'if (!this.fetch) this.fetch = () => new Response()',
    "'fetch' in self || self.__defineGetter__('fetch', () => () => new Response())",
    "const own = fetch; __defineGetter__('fetch', () => (...args) => own(...args))",
    'const own = fetch; for (self.fetch of [(...args) => own(...args)]);',
    'const own = fetch; window.fetch = new Proxy(own, { apply: (target, that, args) => Reflect.apply(target, that, args) })',
    'window.fetch = new Proxy(fetch, { apply(target, that, [url, init]) { return target(url, init) } })',
    'window.fetch = new Proxy(fetch, { get: (target, key) => target[key] })',
    '(function (w) { const own = w.fetch; w.fetch = (...args) => own(...args) })(window)',
    '(function (w) { w.fetch || (w.fetch = () => new Response()) })(window)',
    '(function (w) { (function (w) { w.fetch = () => own(b) })(store) })(window)',
    'class Store { constructor() { this.fetch = () => own(b) } }',
    'function Store() { this.fetch = () => own(b) }',
    "store.__defineGetter__('fetch', () => () => own(b))",
    "define(store, 'fetch', { value: () => own(b) })",
    '(function () { var { fetch } = { fetch: () => own(b) } })()',
    'for (const one of fetch.list || []) one.fetch = () => own(b)',
    // Lists of functions that are no modules.
    'const steps = [(first, second, context) => { context.g.fetch = () => own(b) }]',
    // A minified watcher, and functions of other scopes that have got its name: fetch-retry.
    'const wrap = (own) => (...args) => own(...args), n = wrap(window.fetch); window.fetch = n; function lib() { const n = (x) => x + 1; return n(1) }',
    '(function (n) { window.fetch = n })(watch(fetch)); function lib() { var n = () => own(b); return n }',
    'const api = watch(fetch); window.fetch = api.fetch; function lib() { const api = { fetch: () => own(b) } }',
    'routes.push([["a"], [(first, second, context) => { context.g.fetch = () => own(b) }]])',
  ])('%s', (code) => {
    const { edited, messages } = run(['a.js', `${code};${load}`])
    expect(messages).toEqual([])
    expect(edited).toEqual(['a.js'])
  })

  test('what a module declares as fetch is its own', () => {
    const code =
      "const fetch = () => own(b); WebAssembly.instantiateStreaming(self.fetch('a.wasm')); export {}"
    expect(run(['a.js', code])).toEqual({ edited: ['a.js'], messages: [] })
  })
})

test('the global object of webpack in modules that stand in a list', () => {
  const load = "WebAssembly.instantiateStreaming(n.g.fetch('a.wasm'))"
  const chunk = `(self.webpackChunk=self.webpackChunk||[]).push([[1],[,,(e,t,n)=>{${load}}]])`
  expect(run(['a.js', chunk])).toEqual({ edited: ['a.js'], messages: [] })
  const runtime = 'r.g=function(){if("object"==typeof globalThis)return globalThis;return self}()'
  const entry = `(()=>{var e=[,(e,t,n)=>{${load}}];function r(n){e[n](0,0,r)}${runtime};r(1)})()`
  expect(run(['a.js', entry])).toEqual({ edited: ['a.js'], messages: [] })
  const other = `WebAssembly;const e=[(e,t,n)=>{${load}}]`
  expect(run(['a.js', other]).edited).toEqual([])
})

test('what is called like the global object of a bundler and is not it, is left alone', () => {
  const code =
    "(()=>{var e={42:(e,t,n)=>{WebAssembly;e(7).map(n=>n.g.fetch('a.wasm'))}};var r=e;r.g=function(){return globalThis}();" +
    "(function(r){r.g.fetch('a.wasm')})(e)})();const routes={load:(request,response,context)=>context.g.fetch('a.wasm')}"
  expect(run(['a.js', code]).edited).toEqual([])
})

test('what a name is given that stands for hundreds of things in a minified script is not judged', () => {
  const functions = Array.from(
    { length: 300 },
    (_, index) => `function f${index}(e,t){var n={a:e.b,b:r.a},r={a:t.b,b:n.a};e={a:n.b,b:r.a};t=n}`,
  )
  const code = `(()=>{${functions.join('')}var e={a:t.b},t={b:e.a};self.fetch=t.b;${load}})()`
  expect(run(['a.js', code])).toEqual({ edited: ['a.js'], messages: [] })
})

test('a property that is given itself', () => {
  const code = `var e={a:e.a};self.fetch=e.a;${load}`
  expect(run(['a.js', code])).toEqual({ edited: ['a.js'], messages: [] })
})

// Glue for browsers and Node does so in Node; elsewhere the script has no `fetch` to call, with the stub or without.
test.each(['if (typeof process === "object") fetch = null', 'self.fetch = undefined', 'delete window.fetch'])(
  'who takes fetch away answers nothing: %s',
  (code) => {
    const { edited, messages } = run(['a.js', `${code};${load}`])
    expect(edited).toEqual(['a.js'])
    expect(messages).toEqual([])
  },
)
