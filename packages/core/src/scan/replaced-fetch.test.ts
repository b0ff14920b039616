import { describe, expect, test } from 'vitest'
import { resolveOptions } from '../options/resolve-options.ts'
import type { ScriptFile, WasmFile } from '../output.ts'
import { processOutput } from '../process.ts'
import { loadParser } from '../syntax/parser.ts'

const parser = await loadParser()
const wasm: WasmFile = { type: 'wasm', fileName: 'a.wasm', bytes: Buffer.from('a'), sources: [] }
const load = "WebAssembly.instantiateStreaming(fetch('a.wasm'))"

function run(...scripts: [fileName: string, code: string][]) {
  const files = scripts.map(([fileName, code]): ScriptFile => ({ type: 'script', fileName, code }))
  const { edits, warnings } = processOutput([wasm, ...files], { options: resolveOptions(), parser })
  return { edited: edits.map(({ fileName }) => fileName), messages: warnings.map(({ message }) => message) }
}

describe('a script that answers in its own way is left to it, and the build says so', () => {
  test.each([
    'const own = globalThis.fetch; globalThis.fetch = () => own(b)',
    // jassub
    'const _fetch = globalThis.fetch; globalThis.fetch = _ => _fetch(data.wasmUrl)',
    'const own = fetch; window.fetch = (url, init) => own(cdn + url, init)',
    'const own = fetch; self.fetch = function (url) { console.log(url); return own(other(url)) }',
    "globalThis['fetch'] = async () => new Response(bytes)",
    'fetch = () => Promise.resolve(new Response(bytes))',
    'self.fetch = undefined',
    'const own = fetch; function mine() { return own(b) } self.fetch = mine',
    'if (window.fetch) { const own = fetch; window.fetch = () => own(b) }',
    "Object.defineProperty(globalThis, 'fetch', { value: () => new Response(bytes) })",
  ])('%s', (code) => {
    const { edited, messages } = run(['a.js', `${code};${load}`])
    expect(edited).toEqual([])
    expect(messages).toEqual([
      expect.stringMatching(
        /^a\.wasm will not come.*: a\.js replaces the global fetch by a function.*exclude/,
      ),
    ])
  })

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
  ])('%s', (code) => {
    const { edited, messages } = run(['a.js', `${code};${load}`])
    expect(messages).toEqual([])
    expect(edited).toEqual(['a.js'])
  })
})
