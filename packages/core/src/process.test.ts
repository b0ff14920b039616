import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createContext, runInContext, Script } from 'node:vm'
import { parseSync } from 'oxc-parser'
import { describe, expect, test } from 'vitest'
import { applyChanges } from './edit/apply-changes.ts'
import { hashOf } from './hash/hash.ts'
import { choiceWarnings } from './options/choice.ts'
import type { WasmCosOptions } from './options/options.ts'
import { resolveOptions } from './options/resolve-options.ts'
import type { ScriptFile, WasmFile } from './output.ts'
import { loadParser } from './syntax/parser.ts'
import { type Build, processOutput } from './process.ts'
import { formatReport } from './report/table.ts'

const parser = await loadParser()

const wasm = (fileName: string, content = fileName): WasmFile => ({
  type: 'wasm',
  fileName,
  bytes: Buffer.from(content),
  sources: [],
})

const script = (fileName: string, code: string, rest: Partial<ScriptFile> = {}): ScriptFile => ({
  type: 'script',
  fileName,
  code,
  ...rest,
})

/** A script in a page, whose name says so: `index.html#1`. */
const inPage = (file: ScriptFile): ScriptFile => ({
  ...file,
  page: { fileName: file.fileName.replace(/#\d+$/, ''), start: 0 },
})

function run(output: (WasmFile | ScriptFile)[], options: WasmCosOptions = {}, build: Partial<Build> = {}) {
  const resolved = resolveOptions(options)
  const result = processOutput(output, { options: resolved, parser, ...build })
  const codeOf = (fileName: string) => {
    const { code } = output.find((file) => file.fileName === fileName) as ScriptFile
    const edit = result.edits.find((edit) => edit.fileName === fileName)
    return edit === undefined ? code : applyChanges(code, edit.changes)
  }
  /** Which files each script answers for after the edits. */
  const carried = Object.fromEntries(
    result.edits.map(({ fileName, files }) => [fileName, files.map((file) => file.fileName)]),
  )
  const warnings = [...result.warnings, ...choiceWarnings([result.choice], resolved)]
  return { ...result, warnings, codeOf, carried }
}

const glue = 'export const load = (url) => WebAssembly.instantiateStreaming(fetch(url))'

describe('which script answers for which file', () => {
  test('the one that imports and loads it', () => {
    const { carried } = run([
      wasm('a.wasm'),
      script('main.js', "WebAssembly.compileStreaming(fetch('./a.wasm'))"),
    ])
    expect(carried).toEqual({ 'main.js': ['a.wasm'] })
  })

  test('the loader, if the importer does not load', () => {
    const { carried } = run([
      wasm('assets/a.wasm'),
      script('main.js', "import { load } from './glue.js'; load('/base/assets/a.wasm?x#y')"),
      script('glue.js', glue),
      script('other.js', "fetch('/api')"),
    ])
    expect(carried).toEqual({ 'glue.js': ['assets/a.wasm'] })
  })

  test('both, if the importer could load but refers to a script that may do it', () => {
    const { carried } = run([
      wasm('a.wasm'),
      script(
        'main.js',
        "import { load } from './glue.js'; fetch('/api'); if (typeof WebAssembly) load('a.wasm')",
      ),
      script('glue.js', glue),
    ])
    expect(carried).toEqual({ 'main.js': ['a.wasm'], 'glue.js': ['a.wasm'] })
  })

  test('both, if it may be handed on through others, or where the names of chunks are put together', () => {
    const main = "import { load } from './way.js'; fetch('b.wasm'); if (typeof WebAssembly) load('a.wasm')"
    const through = run([
      wasm('a.wasm'),
      wasm('b.wasm'),
      script('main.js', main),
      script('way.js', "export const load = async (url) => (await import('./glue.js')).load(url)"),
      script('glue.js', glue),
    ])
    expect(through.carried).toEqual({ 'main.js': ['a.wasm', 'b.wasm'], 'glue.js': ['a.wasm', 'b.wasm'] })
    const chunkList = 'webpackChunkapp'
    const joined = run([
      wasm('a.wasm'),
      wasm('b.wasm'),
      script('main.js', main, { chunkList }),
      script('740.js', glue, { chunkList }),
      script('other.js', glue, { chunkList: 'webpackChunkother' }),
    ])
    expect(joined.carried).toMatchObject({ 'main.js': ['a.wasm', 'b.wasm'], '740.js': ['a.wasm', 'b.wasm'] })
  })

  test('its own loader only, where an entry imports all of them, and each of them the entry', () => {
    const chunks = ['1', '2', '3'].map((name) =>
      script(
        `${name}.js`,
        `import { help } from './main.js'; WebAssembly.compileStreaming(fetch('${name}.wasm'))`,
        { chunkList: 'webpackChunkapp' },
      ),
    )
    const { carried } = run([
      ...['1', '2', '3'].map((name) => wasm(`${name}.wasm`)),
      script('main.js', "import('./1.js'); import('./2.js'); import('./3.js'); export const help = 1"),
      ...chunks,
    ])
    expect(carried).toEqual({ '1.js': ['1.wasm'], '2.js': ['2.wasm'], '3.js': ['3.wasm'] })
  })

  test('both, if it may be handed on to a script that requests it otherwise', () => {
    const { carried } = run([
      wasm('a.wasm'),
      script('main.js', "import { load } from './glue.js'; fetch('/api'); WebAssembly; load('a.wasm')"),
      script(
        'glue.js',
        "export const load = (url) => { const xhr = new XMLHttpRequest(); xhr.open('GET', url); xhr.responseType = 'arraybuffer'; WebAssembly }",
      ),
    ])
    expect(carried).toEqual({ 'main.js': ['a.wasm'], 'glue.js': ['a.wasm'] })
  })

  test('a service worker, which has no Cross-Origin Storage, too: that is said where nothing else loads a file', () => {
    const { carried, warnings } = run([
      wasm('a.wasm'),
      wasm('b.wasm'),
      script('main.js', "WebAssembly.compileStreaming(fetch('a.wasm'))"),
      script(
        'sw.js',
        "addEventListener('install', () => WebAssembly.compileStreaming(fetch('b.wasm'))); list = ['a.wasm']",
      ),
      script(
        'both.js',
        "if (self.document) navigator.serviceWorker.register('both.js'); else self.skipWaiting(); WebAssembly.compileStreaming(fetch('a.wasm'))",
      ),
    ])
    expect(carried).toMatchObject({ 'main.js': ['a.wasm'], 'both.js': ['a.wasm'] })
    expect(warnings.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^b\.wasm is loaded by sw\.js alone, which may be a service worker/),
    ])
  })

  test('its own loader only, if that refers to no other', () => {
    const { carried } = run([
      wasm('a.wasm'),
      wasm('b.wasm'),
      script('a.js', "WebAssembly.compileStreaming(fetch('a.wasm'))"),
      script('b.js', "WebAssembly.compileStreaming(fetch('b.wasm'))"),
    ])
    expect(carried).toEqual({ 'a.js': ['a.wasm'], 'b.js': ['b.wasm'] })
  })

  test('also those whose names end in that of its own, which are not to be mistaken for it', () => {
    const { carried } = run([
      wasm('engine.wasm'),
      wasm('v2/engine.wasm'),
      script('a.js', "WebAssembly.compileStreaming(fetch('/engine.wasm')); fetch(elsewhere)"),
      script('b.js', "WebAssembly.compileStreaming(fetch('/v2/engine.wasm'))"),
    ])
    expect(carried['a.js']).toEqual(['engine.wasm', 'v2/engine.wasm'])
  })

  test('every loader, if nobody names it: it may be fetched by a path made at run time', () => {
    const { carried } = run([wasm('public.wasm'), script('a.js', glue)])
    expect(carried).toEqual({ 'a.js': ['public.wasm'] })
  })

  test('a copy that nobody names, of a file that somebody does: nobody', () => {
    const { carried } = run([
      wasm('a.wasm', 'the same bytes'),
      wasm('copies/of-a.wasm', 'the same bytes'),
      script('main.js', "WebAssembly.compileStreaming(fetch('./a.wasm'))"),
    ])
    expect(carried).toEqual({ 'main.js': ['a.wasm'] })
  })

  test('whoever fetches a URL that a chunk of constants holds, whether or not it compiles', () => {
    const { carried } = run([
      wasm('a.wasm'),
      script('url.js', "var e = new URL('a.wasm', import.meta.url).href; export { e as t }"),
      script('loader.js', "import { t } from './url.js'; WebAssembly.instantiateStreaming(fetch(t))"),
      script(
        'poster.js',
        "import { t } from './url.js'; worker.postMessage(await (await fetch(t)).arrayBuffer())",
      ),
      script('other.js', "import './loader.js'; fetch('/api')"),
    ])
    expect(carried).toEqual({ 'loader.js': ['a.wasm'], 'poster.js': ['a.wasm'] })
  })

  test('not whoever imports something of a chunk that holds more', () => {
    const { carried } = run([
      wasm('a.wasm'),
      script('shared.js', "export const url = 'a.wasm'; export function greet() { alert('Hello') }"),
      script('loader.js', "import { url } from './shared.js'; WebAssembly.instantiateStreaming(fetch(url))"),
      script('other.js', "import { greet } from './shared.js'; fetch('/api').then(greet)"),
    ])
    expect(carried).toEqual({ 'loader.js': ['a.wasm'] })
  })

  const worker = script(
    'worker.js',
    "onmessage = ({ data }) => WebAssembly.instantiate(data ?? fetch('a.wasm').then((r) => r.arrayBuffer()))",
  )

  test('also the page of a worker, which may be asked to fetch for it, as by pdf.js', () => {
    const { carried } = run([
      wasm('a.wasm'),
      worker,
      script('main.js', "import { open } from './pdf.js'; open(new Worker('worker.js'), 'wasm/')"),
      script('pdf.js', 'export const open = (worker, wasmUrl) => worker.postMessage(fetch(wasmUrl))'),
      script('other.js', "fetch('/api')"),
    ])
    expect(carried).toEqual({ 'worker.js': ['a.wasm'], 'pdf.js': ['a.wasm'] })
  })

  test('not the page of a worker that has no word about wasm', () => {
    const main = script('main.js', "new Worker('worker.js').postMessage(await fetch('/api'))")
    expect(run([wasm('a.wasm'), worker, main]).carried).toEqual({ 'worker.js': ['a.wasm'] })
  })

  test('the page, where its worker names the file and cannot fetch, and the worker, where its page cannot', () => {
    const page = [
      script('worker.js', "postMessage('a.wasm'); onmessage = ({ data }) => WebAssembly.instantiate(data)"),
      script(
        'main.js',
        "worker = new Worker('worker.js'); onmessage = ({ data }) => worker.postMessage(fetch(data))",
      ),
    ]
    expect(run([wasm('a.wasm'), ...page]).carried).toEqual({ 'main.js': ['a.wasm'] })
    const off = [
      script(
        'main.js',
        "new Worker('worker.js').postMessage('a.wasm'); onmessage = (e) => WebAssembly.instantiate(e.data)",
      ),
      script(
        'worker.js',
        'onmessage = async ({ data }) => postMessage(await (await fetch(data)).arrayBuffer())',
      ),
    ]
    expect(run([wasm('a.wasm'), ...off]).carried).toEqual({ 'worker.js': ['a.wasm'] })
  })

  test("the bundler's records count like literals", () => {
    const code = 'WebAssembly.instantiateStreaming(fetch(base + hash + ".module.wasm"))'
    const { carried } = run([
      wasm('1f.module.wasm'),
      wasm('2e.module.wasm'),
      script('runtime.js', code, { refersTo: ['1f.module.wasm', '2e.module.wasm'] }),
    ])
    expect(carried).toEqual({ 'runtime.js': ['1f.module.wasm', '2e.module.wasm'] })
  })

  test.each([
    '"b/x.wasm"',
    '"./x.wasm"',
    '`../b/x.wasm`',
    '`${base}/b/x.wasm`',
    '"https://cdn.example/v1/b/x.wasm"',
  ])('%s names it', (literal) => {
    const { carried } = run([
      wasm('b/x.wasm'),
      wasm('other.wasm'),
      script('a.js', `WebAssembly; fetch(${literal})`),
    ])
    expect(carried['a.js']).toContain('b/x.wasm')
  })
})

/** What the stub of a script is told of the places of its files: the array is the one in which URLs of scripts stand. */
function placesIn(code: string): string {
  return /,(\[\[\[.*\]),1,500\)/.exec(code)![1]!
}

describe('where the files are', () => {
  const hashed = 'assets/a-CXIAVl5-.wasm'

  test.each<[string, ScriptFile['format'], Partial<Build>, string]>([
    ['assets/main.js', 'module', {}, '[[[import.meta.url,"assets/main.js"]],[],[]]'],
    ['main.js', 'module', { publicUrl: '/app/' }, '[[[import.meta.url,"main.js"],["/app/",""]],[],[]]'],
    [
      'main.js',
      'module',
      { publicUrl: 'https://cdn.example/x' },
      '[[[import.meta.url,"main.js"],["https://cdn.example/x/",""]],[],[]]',
    ],
    ['main.js', 'module', { publicUrl: './' }, '[[[import.meta.url,"main.js"]],[],[]]'],
    ['main.js', 'module', { publicUrl: 'auto' }, '[[[import.meta.url,"main.js"]],[],[]]'],
  ])('%s, a %s, %j', (name, format, build, places) => {
    const edited = run([wasm('a.wasm'), { ...script(name, glue), format: format! }], {}, build).codeOf(name)
    expect(placesIn(edited)).toBe(places)
  })

  test("a bundler's module without import and export, which a page may load as a classic script", () => {
    const file = script('main.js', "WebAssembly; fetch('a.wasm')")
    const edited = run([wasm('a.wasm'), { ...file, format: 'either' }]).codeOf('main.js')
    expect(() => new Script(edited)).not.toThrow()
    expect(placesIn(edited)).toContain(String.raw`querySelector("script[type=module][src*=\"main.js\"]")`)
    const exporting = { ...script('main.js', `${file.code}; export {}`), format: 'either' as const }
    expect(placesIn(run([wasm('a.wasm'), exporting]).codeOf('main.js'))).toContain('[import.meta.url,')
  })

  test.each([
    [
      'main.js',
      /\?\(typeof (cosFetch_\w+_script)<"u"&&\1\|\|document\.currentScript\|\|0\)\.src\|\|"":location\.href\}catch\(e\)\{return""\}\}\)\(\),"main\.js"\]\]/,
    ],
    [
      'index.html#1',
      /\[\[\[\(typeof (cosFetch_\w+_script)<"u"&&\1\|\|\(location\.pathname=="\/"\?"\/index\.html":location\.href\)\),"index\.html"\],\[.*,""\]\]/,
    ],
    ['a/index.html#1', /,"a\/index\.html"\],\[.*,"a\/"\]\]/],
    ['a/b.html#1', /,"a\/b\.html"\],\[.*,"a\/b"\]\]/],
    ['INDEX.HTML#1', /,"INDEX\.HTML"\],\[.*,""\]\]/],
  ])('a classic script %s', (name, places) => {
    const code = "WebAssembly; fetch('a.wasm')"
    const file = script(name, code)
    const files = [wasm('a.wasm'), name.includes('#') ? inPage(file) : file]
    expect(placesIn(run(files).codeOf(name))).toMatch(places)
  })

  test('the page of a folder is not taken for that of another one, where a file has a namesake', () => {
    const page = inPage(script('index.html#1', "WebAssembly; fetch('a.wasm')"))
    const files = [wasm('a.wasm', '1'), wasm('folder/a.wasm', '2'), page]
    expect(placesIn(run(files, { exclude: 'folder/**' }).codeOf('index.html#1'))).not.toContain(',""]')
    expect(placesIn(run(files).codeOf('index.html#1'))).toMatch(
      /"\/index\.html":location\.href\)\),"index\.html"\]\]/,
    )
  })

  test('a script that a worker imports has the URL of the worker', () => {
    const worker = script('worker.js', "importScripts('lib/glue.js')")
    const edited = run([wasm('a.wasm'), worker, script('lib/glue.js', "WebAssembly; fetch('a.wasm')")])
    expect(placesIn(edited.codeOf('lib/glue.js'))).toMatch(/,"lib\/glue\.js"\],\[.*,"worker\.js"\]\]/)
  })

  test('two scripts that name each other are not both named by their content', () => {
    const main = script('main.3f0c9a1b.js', "self.importScripts; new Worker('glue.4d7e4633.js')")
    const glue = script('glue.4d7e4633.js', "WebAssembly; fetch('a.wasm')")
    expect(run([wasm('a.wasm'), main, glue]).codeOf('glue.4d7e4633.js')).not.toContain('main.')
    const worker = script('main.3f0c9a1b.js', "importScripts('glue.js')")
    const plain = script('glue.js', "WebAssembly; fetch('a.wasm')")
    expect(placesIn(run([wasm('a.wasm'), worker, plain]).codeOf('glue.js'))).toContain('"main.3f0c9a1b.js"')
  })

  const urls = (fileName: string, ...texts: string[]) => urlsWith({}, fileName, ...texts)
  const urlsWith = (records: Partial<ScriptFile>, fileName: string, ...texts: string[]) => {
    const code = `WebAssembly; fetch(${JSON.stringify(texts)})`
    const edited = run([wasm(fileName), { ...script('main.js', code), format: 'module', ...records }])
    return placesIn(edited.codeOf('main.js')).replace('[[[import.meta.url,"main.js"]],', '').slice(0, -1)
  }
  test('URLs in the code', () => {
    const cdn = `https://cdn.example/x/${hashed}?v=1#top`
    expect(urls(hashed, cdn, `/rule/${hashed}`, `./${hashed}`)).toBe(
      `[["https://cdn.example/x/${hashed}","${hashed}"],["/rule/${hashed}","${hashed}"]],["${hashed}"]`,
    )
  })

  test('URLs of plain names in the code: only the bundler can know that they are of its files', () => {
    const cdn = 'https://cdn.example/a.wasm'
    expect(urlsWith({ refersTo: ['a.wasm'] }, 'a.wasm', cdn)).toBe(`[["${cdn}","a.wasm"]],[]`)
    expect(urlsWith({ refersTo: ['a.wasm'] }, 'a.wasm', cdn, './a.wasm')).toBe('[],[]')
    expect(urlsWith({ refersTo: ['other.js'] }, 'a.wasm', cdn)).toBe('[],[]')
    expect(urls('a.wasm', cdn)).toBe('[],[]')
    expect(urls('wasm/a.wasm', 'https://cdn.example/other/wasm/a.wasm')).toBe('[],[]')
    expect(urls('a.wasm', '/uploads/7/a.wasm')).toBe('[],[]')
    expect(urls('a.wasm', '/a.wasm', '/uploads/7/a.wasm')).toBe('[],[]')
    expect(urls('a.wasm', './a.wasm', '/uploads/7/a.wasm')).toBe('[],[]')
  })
})

test.each([
  "const load = () => fetch('a.wasm')",
  "{ const fetch = 0, self = 0 }; const load = () => fetch('a.wasm')",
])('%s: the global `fetch` is looked up when it is called', (code) => {
  const edited = run([wasm('a.wasm'), script('a.js', `${code}; WebAssembly; load`)]).codeOf('a.js')
  expect(edited).toContain('cosFetch_')
  const page = createContext({ fetch: () => 'at first' })
  const load = new Script(edited).runInContext(page) as () => unknown
  expect(load()).toBe('at first')
  page.fetch = () => 'later'
  expect(load()).toBe('later')
})

test.each([
  [true, 0],
  ['auto', 1],
  [false, 2],
] as const)('verify: %j is, for the stub, %i', (verify, trust) => {
  const edited = run([wasm('a.wasm'), script('a.js', glue)], { verify, lookupTimeout: 123 }).codeOf('a.js')
  expect(edited).toContain(`,${trust},123)`)
})

test.each([null, [], undefined])('%j as a pattern is none', (none) => {
  const output = [wasm('a.wasm'), script('a.js', glue)]
  const { codeOf, warnings } = run(output, { include: none, exclude: none } as WasmCosOptions)
  expect(codeOf('a.js')).toContain('cosFetch_')
  expect(warnings).toEqual([])
})

describe('where the declarations go', () => {
  const file = wasm('a.wasm')

  test('before the first statement of a classic script, so that hashbangs, directives and banners stay first, comments for tools last', () => {
    const code = `#!/usr/bin/env node\n/*! licence */\n'use strict'\nWebAssembly.compileStreaming(fetch('a.wasm'))\n//# sourceMappingURL=a.js.map`
    const edited = run([file, script('a.js', code)]).codeOf('a.js')
    expect(edited.startsWith("#!/usr/bin/env node\n/*! licence */\n'use strict'\nfunction cosFetch_")).toBe(
      true,
    )
    expect(edited).toMatch(
      /;WebAssembly\.compileStreaming\(\(typeof cosFetch_[^\n]*\n\/\/# sourceMappingURL=a\.js\.map$/,
    )
  })

  test.each(['-->', '//# sourceMappingURL=a.js.map'])('what ends a classic script stays: %s', (end) => {
    const edited = run([
      file,
      script('a.js', `WebAssembly.compileStreaming(fetch('a.wasm'))\n${end}`),
    ]).codeOf('a.js')
    expect(edited.endsWith(`\n${end}`)).toBe(true)
    expect(() => new Script(edited)).not.toThrow()
  })

  test('the last variable that a classic script leaves is its own, which loaders take for its export', () => {
    for (const code of [
      "var library = { load: () => WebAssembly.compileStreaming(fetch('a.wasm')) }",
      "var library = (function () { return { load: () => WebAssembly.compileStreaming(fetch('a.wasm')) } })()",
    ]) {
      const edited = run([file, script('a.js', code)]).codeOf('a.js')
      expect(edited).toContain('cosFetch_')
      const page = createContext({ document: {} })
      runInContext(edited, page)
      expect(Object.keys(page).at(-1)).toBe('library')
    }
  })

  test.each([
    ['', '\n//# debugId=1\n//# sourceMappingURL=a.js.map\n'],
    ['\n// licences: see a.txt', '\n/*# sourceMappingURL=a.js.map */'],
    ['\n/*! licences:\n//# of others */', ''],
    ['', '\n//# sourceMappingURL=a.js.map\n// end'],
  ])('in a module between what ends it and the comments for tools: %j, %j', (before, tools) => {
    const code = "export default WebAssembly.compileStreaming(fetch('a.wasm'))"
    const edited = run([file, script('a.js', code + before + tools)]).codeOf('a.js')
    const [statement, declarations] = edited.split(/(?=\nfunction )/)
    expect(statement).toMatch(/\(typeof cosFetch_[^()]+\(\):fetch\)\('a.wasm'\)\)/)
    expect(statement?.trimEnd().endsWith(before)).toBe(true)
    expect(declarations?.trimEnd().endsWith(tools.trim())).toBe(true)
    expect(parseSync('a.js', edited).program.body).toHaveLength(2)
  })

  test('inside the function that holds all references of a classic script', () => {
    const code =
      "(function(){return function(){'use strict';return WebAssembly.compileStreaming(fetch('a.wasm'))}})()"
    const edited = run([file, script('a.js', code)]).codeOf('a.js')
    const { program } = parseSync('a.js', edited, { sourceType: 'script' })
    // Outside, there is only what keeps the script's own URL.
    expect(program.body.map(({ type }) => type)).toEqual(['VariableDeclaration', 'ExpressionStatement'])
    expect(edited).toMatch(/^var cosFetch_[0-9a-f]{8}_script=/)
  })

  test('a copied script that nothing but await makes a module runs as a function, too', async () => {
    const code = "log((await WebAssembly.compileStreaming(fetch('a.wasm'))).exports)"
    const AsyncFunction = async function () {}.constructor as new (
      ...code: string[]
    ) => (...args: unknown[]) => Promise<unknown>
    const edited = run([file, script('a.js', code)]).codeOf('a.js')
    expect(edited).toContain('cosFetch_')
    const shown: unknown[] = []
    const wasm = { compileStreaming: async (response: unknown) => ({ exports: await response }) }
    const load = new AsyncFunction('log', 'fetch', 'WebAssembly', edited)
    await load(
      (value: unknown) => shown.push(value),
      async (url: string) => url,
      wasm,
    )
    expect(shown).toEqual(['a.wasm'])
    // A module can ask for its own URL.
    expect(run([file, script('a.js', `${code}; export {}`)]).codeOf('a.js')).toContain('import.meta.url')
  })

  test.each([
    ['a function that may run often', 'function load(u){return WebAssembly.compileStreaming(fetch(u))}', 2],
    ['a listener', "addEventListener('x',function(){WebAssembly.compileStreaming(fetch('a.wasm'))})", 2],
    [
      "a module in webpack's chunk",
      "(self.c=self.c||[]).push([[1],{2:(e)=>{WebAssembly.compileStreaming(fetch('a.wasm'))}}])",
      1,
    ],
  ])('in %s, it keeps what is under way between calls', (_, code, statements) => {
    const edited = run([file, script('a.js', code)]).codeOf('a.js')
    const { program } = parseSync('a.js', edited, { sourceType: 'script' })
    // The variable for the script's own URL, which is always at the beginning, aside.
    expect(program.body.filter(({ type }) => type !== 'VariableDeclaration')).toHaveLength(statements)
  })

  test('two classic scripts share a name only for the same text', () => {
    const nameIn = (files: WasmFile[], options?: WasmCosOptions) => {
      const code = "WebAssembly; fetch('a.wasm')"
      return /cosFetch_[0-9a-f]{8}/.exec(run([...files, script('a.js', code)], options).codeOf('a.js'))![0]
    }
    expect(nameIn([file])).toBe(nameIn([file]))
    expect(nameIn([file])).not.toBe(nameIn([wasm('a.wasm', 'other bytes')]))
    expect(nameIn([file])).not.toBe(nameIn([file], { lookupTimeout: 1 }))
  })

  test('a second run changes nothing', () => {
    const once = run([file, script('a.js', "WebAssembly; fetch('a.wasm')")]).codeOf('a.js')
    expect(run([file, script('a.js', once)]).edits).toEqual([])
  })

  test('a second run with other options changes nothing either, and says so', () => {
    const once = run([file, script('a.js', "WebAssembly; fetch('a.wasm')")], { origins: '*' }).codeOf('a.js')
    const { edits, manifest, warnings } = run([file, script('a.js', once)], { origins: [] })
    expect(edits).toEqual([])
    expect(manifest.files[0]!.origins).toBe('*')
    expect(warnings.map(({ message }) => message)).toEqual([
      'a.js was instrumented before and stores a.wasm for any site, where the options say same site. It was left as it is: build it anew to change that.',
    ])
  })

  test('a stub in a function that keeps something, too, is brought up to date once', () => {
    const load = script('a.js', "fetch('a.wasm').then(WebAssembly.compileStreaming)")
    const built = run([wasm('a.wasm'), load]).codeOf('a.js')
    const around = `function load() { return load.kept || (load.kept = (function () { ${built}\n })()) }\nload()`
    const later = wasm('a.wasm', 'other bytes, and more of them')
    const code = run([later, script('a.js', around)]).codeOf('a.js')
    expect(code).toContain(`"a.wasm",${later.bytes.length},`)
    expect(code).toContain(`"${hashOf(later.bytes).value}"`)
    expect(code.replaceAll(hashOf(later.bytes).value, '')).not.toMatch(/[\da-f]{64}/)
  })

  test('two rows may have one constant, as a minifier might write files of the same content', () => {
    const files = [wasm('a.wasm', 'same'), wasm('b.wasm', 'same')]
    const load = script(
      'a.js',
      "['a.wasm', 'b.wasm'].map((name) => WebAssembly.compileStreaming(fetch(name)))",
    )
    const built = run([...files, load]).codeOf('a.js')
    const [constant] = /(?<="a\.wasm",4,)\w+/.exec(built)!
    const shared = built.replace(/(?<="b\.wasm",4,)\w+/, constant)
    const { codeOf, warnings } = run([...files, script('a.js', shared)])
    expect(codeOf('a.js')).toBe(shared)
    expect(warnings).toEqual([])
  })

  test('what was built before and looks for a file that has another name here is said', () => {
    const code = run([wasm('a.wasm', 'bytes'), script('a.js', "WebAssembly; fetch('a.wasm')")]).codeOf('a.js')
    const { edits, warnings } = run([wasm('b.wasm', 'bytes'), script('a.js', code)])
    expect(edits).toEqual([])
    expect(warnings.map(({ message }) => message)).toContain(
      'a.js has code that was built with wasm-cos before and looks for a.wasm, which ships as b.wasm here: it is downloaded. Build that code anew, or take a build of the dependency without wasm-cos.',
    )
  })

  test('what was built before is not given a second stub, whatever a minifier has called the first since', () => {
    const source = "WebAssembly; const load = fetch; load(''); fetch('a.wasm')"
    const code = run([wasm('a.wasm', 'bytes'), script('a.js', source)])
      .codeOf('a.js')
      .replaceAll(/cosFetch_[\da-f]{8}/g, 't')
    const { edits } = run([wasm('b.wasm', 'bytes'), script('a.js', `${code}; 'b.wasm'`)])
    expect(edits).toEqual([])
  })

  test.each([
    ["'</script>.wasm'", '</script>.wasm'],
    ['"\\u2028.wasm"', '\u2028.wasm'],
    ["'$&.wasm'", '$&.wasm'],
    ["'$name.wasm'", '$name.wasm'],
    ['"it\'s ü.wasm"', "it's ü.wasm"],
  ])('a file called %s', (literal, fileName) => {
    const edited = run([wasm(fileName), script('a.js', `WebAssembly; fetch(${literal})`)]).codeOf('a.js')
    expect(parseSync('a.js', edited).errors).toEqual([])
    expect(edited).toContain(hashOf(Buffer.from(fileName)).value)
    expect(edited.slice(edited.indexOf('[['))).toContain(
      JSON.stringify(fileName).replace('<', '\\x3C').replace('\u2028', '\\u2028'),
    )
    expect(edited.replace(literal, '')).not.toMatch(/<\/script|\u2028/)
  })
})

test.each([
  "'requestFileHandle' in (fetch('a.wasm'), navigator).crossOriginStorage",
  "'requestFileHandle' in navigator.crossOriginStorage.requestFileHandle.crossOriginStorage",
  "'requestFileHandle' in ('requestFileHandle' in navigator.crossOriginStorage ? navigator : self).crossOriginStorage",
])('a change within another is part of it: %s', (code) => {
  const { codeOf } = run([wasm('a.wasm'), script('a.js', `WebAssembly; fetch('a.wasm'); ${code}`)])
  expect(parseSync('a.js', codeOf('a.js')).errors).toEqual([])
  expect(codeOf('a.js')).toContain('wasmHash')
})

test('a re-export called fetch is left alone', () => {
  const code =
    "export { fetch } from './polyfill.js'; export const load = () => WebAssembly.compileStreaming(fetch('a.wasm'))"
  const edited = run([wasm('a.wasm'), script('a.js', code)]).codeOf('a.js')
  expect(edited).toContain("export { fetch } from './polyfill.js'")
  expect(parseSync('a.js', edited).errors).toEqual([])
})

test('fetch as a value is the same one each time', () => {
  const code = "var use = () => fetch; WebAssembly; 'a.wasm'; same = use() === use()"
  const page = { same: false, fetch: () => {} }
  new Script(run([wasm('a.wasm'), script('a.js', code)]).codeOf('a.js')).runInContext(createContext(page))
  expect(page.same).toBe(true)
})

test('data of the application that looks like our table stays, and the script is instrumented', () => {
  const digits = '0'.repeat(64)
  const data = `var files = [['a.wasm', 12345, '${digits}']], algorithm = 'SHA-256';`
  const { codeOf, carried, warnings } = run([
    wasm('a.wasm'),
    script('a.js', `${data}WebAssembly.compileStreaming(fetch('a.wasm'))`),
  ])
  expect(codeOf('a.js')).toContain(data)
  expect(carried).toEqual({ 'a.js': ['a.wasm'] })
  expect(warnings).toEqual([])
})

describe('warnings', () => {
  const messages = (output: (WasmFile | ScriptFile)[], options?: WasmCosOptions) =>
    run(output, options).warnings.map(({ message }) => message)

  test('a file that is loaded through XMLHttpRequest as text', () => {
    expect(
      messages([wasm('a.wasm'), script('a.js', "new XMLHttpRequest().open('GET', 'a.wasm')")])[0],
    ).toMatch(
      /^a\.wasm will not come from Cross-Origin Storage: a\.js loads it through XMLHttpRequest in another way than/,
    )
  })

  test('a file that is compiled synchronously', () => {
    expect(messages([wasm('a.wasm'), script('a.js', "new WebAssembly.Module(read('a.wasm'))")])[0]).toMatch(
      /a\.js compiles it with new WebAssembly\.Module/,
    )
  })

  test('a pattern that matches nothing', () => {
    expect(messages([wasm('a.wasm')], { include: /sqlite/, exclude: ['**/b.wasm'] })).toEqual([
      "Option 'include' matches none of the wasm files of this build (a.wasm). Correct it (a glob is for a whole path: '**/name.wasm'), or leave it out.",
      "Option 'exclude' matches none of the wasm files of this build (a.wasm). Correct it (a glob is for a whole path: '**/name.wasm'), or leave it out.",
    ])
  })

  test('a pattern that matches in another output, beside the outputs, or a path that a build says so of', () => {
    const options = resolveOptions({ include: 'b.wasm', exclude: 'c.wasm' })
    const unmatched = (besides: string[], ...outputs: (WasmFile | ScriptFile)[][]) => {
      const choices = outputs.map((output) => processOutput(output, { options, parser }).choice)
      const files = besides.map((fileName) => ({ fileName, size: 0 }))
      return choiceWarnings(choices, options, files).map(({ message }) => message.split(' ')[1])
    }
    expect(unmatched([], [wasm('a.wasm')])).toEqual(["'include'", "'exclude'"])
    expect(unmatched([], [wasm('a.wasm')], [wasm('b.wasm'), wasm('c.wasm')])).toEqual([])
    expect(unmatched(['b.wasm'], [wasm('a.wasm')])).toEqual(["'exclude'"])
    expect(unmatched(['c.wasm'], [wasm('a.wasm')])).toEqual(["'include'"])
    const named = { include: '/late/*.wasm', exclude: 'none.wasm' }
    const { warnings } = run([script('a.js', "fetch('/late/a.wasm'); fetch('none.wasm')")], named)
    expect(warnings).toEqual([])
  })

  test('a dependency that the build changed', () => {
    const changed = {
      ...wasm('a.wasm'),
      sources: [{ path: '/app/node_modules/x/a.wasm', bytes: Buffer.from('original') }],
    }
    expect(messages([changed])[0]).toMatch(
      /^a\.wasm differs from \/app\/node_modules\/x\/a\.wasm: the build changed it/,
    )
  })

  test('a script that is nested too deeply', () => {
    const code = `WebAssembly${'.a(1)'.repeat(20_000)};'a.wasm'`
    expect(messages([wasm('a.wasm'), script('a.js', code)])[0]).toMatch(/^a\.js: .*left as it is/)
  })

  test('a script that is not JavaScript', () => {
    expect(messages([wasm('a.wasm'), script('a.js', "let a = ; 'a.wasm'")])[0]).toMatch(
      /^a\.js: .* left as it is/,
    )
  })
})

describe('who may read what is stored', () => {
  const bytes = Buffer.from('dependency')
  const own = wasm('own.wasm')
  const app = mkdtempSync(join(tmpdir(), 'wasm-cos-origins-'))
  mkdirSync(join(app, 'node_modules/d'), { recursive: true })
  writeFileSync(join(app, 'node_modules/d/package.json'), '{"name":"d","version":"1.0.0"}')
  const path = join(app, 'node_modules/d/d.wasm')
  writeFileSync(path, bytes)
  const dependency = { ...wasm('d.wasm'), bytes, sources: [{ path, bytes }] }
  const changed = { ...dependency, fileName: 'c.wasm', bytes: Buffer.from('changed') }
  const origins = (options?: WasmCosOptions) =>
    run([own, dependency, changed], options).manifest.files.map(({ origins }) => origins)

  test("'auto': everyone for an unchanged dependency, the site for the rest", () => {
    expect(origins()).toEqual([[], '*', []])
  })

  test('a list, everyone, or by file', () => {
    expect(origins({ origins: ['https://a.example'] })[0]).toEqual(['https://a.example'])
    expect(origins({ origins: '*' })).toEqual(['*', '*', '*'])
    expect(origins({ origins: ({ fileName }) => (fileName === 'own.wasm' ? '*' : []) })).toEqual([
      [],
      [],
      '*',
    ])
  })
})

test('the order in which a bundler has its assets changes nothing', () => {
  const code = "for (const name of ['a.wasm', 'b.wasm']) WebAssembly.compileStreaming(fetch(name))"
  const assets = [wasm('a.wasm'), wasm('b.wasm', 'b')]
  const [one, other] = [assets, assets.toReversed()].map((files) => run([...files, script('main.js', code)]))
  expect(other!.codeOf('main.js')).toBe(one!.codeOf('main.js'))
  expect(other!.manifest).toEqual(one!.manifest)
})

test('a minimum that leaves every file out is a warning that says so', () => {
  const { warnings } = run([wasm('a.wasm', 'x'.repeat(20)), script('a.js', "fetch('a.wasm')")], {
    minSize: 50,
  })
  expect(warnings.map(({ message }) => message)).toEqual([
    expect.stringMatching(
      /^Option 'minSize' is 50 and leaves out every wasm file of this build: the largest, a\.wasm, has \d+ bytes/,
    ),
  ])
})

test('a file that no script names is credited to none, though each that loads answers for it', () => {
  const { manifest } = run([
    wasm('named.wasm'),
    wasm('unnamed.wasm'),
    script('a.js', `WebAssembly; fetch('named.wasm')`),
    script('b.js', glue),
  ])
  expect(manifest.files.map(({ chunks, isNamed }) => [chunks, isNamed])).toEqual([
    [['a.js'], undefined],
    [['a.js', 'b.js'], false],
  ])
  const [named, unnamed] = formatReport(manifest).split(/\n(?=\S)/)
  expect(named).toMatch(/^wasm-cos: shared through Cross-Origin Storage\n {2}named\.wasm .*← a\.js$/)
  expect(unnamed).toMatch(
    /^wasm-cos: shared if a script makes its URL when it runs, since no chunk names it\n {2}unnamed\.wasm .*this site$/,
  )
})

test('small files keep the plain path', () => {
  const output = [
    wasm('small.wasm'),
    wasm('large.wasm', 'x'.repeat(100)),
    script('a.js', "WebAssembly; fetch('small.wasm')"),
  ]
  expect(run(output, { minSize: 50 }).files.map(({ fileName }) => fileName)).toEqual(['large.wasm'])
})

test('the report says where a script also names the package of a file on the web', () => {
  const file = {
    ...wasm('ort-B1x2Y3z4.wasm'),
    sources: [
      { path: '/app/node_modules/@scope/ort/dist/ort.wasm', bytes: Buffer.from('ort-B1x2Y3z4.wasm') },
    ],
  }
  const load = "WebAssembly.compileStreaming(fetch('ort-B1x2Y3z4.wasm'))"
  const reportOf = (code: string) => formatReport(run([file, script('main.js', load + code)]).manifest)
  expect(reportOf(';const urls = [`https://cdn.jsdelivr.net/npm/@scope/ort@${version}/dist/`]')).toMatch(
    /\n {2}A script of the build also names https:\/\/cdn\.jsdelivr\.net\/npm\/@scope\/ort@…: .*not shared/,
  )
  expect(reportOf(';const docs = "https://github.com/scope/@scope/ort/issues"')).not.toContain('also names')
  expect(reportOf('/* https://unpkg.com/@scope/ort@1/ */')).not.toContain('also names')
})

test('a worker that a script carries in base64 is a text that is out of reach, too', () => {
  for (const padding of ['', ' ', '  ']) {
    const worker = `${padding}onmessage = ({ data }) => WebAssembly.instantiateStreaming(fetch(data))`
    const base64 = Buffer.from(worker).toString('base64')
    const { warnings } = run([
      wasm('a.wasm'),
      script(
        'main.js',
        `new Worker(URL.createObjectURL(new Blob([atob("${base64}")]))).postMessage('a.wasm')`,
      ),
    ])
    expect(warnings.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^a\.wasm .* main\.js has what loads it as the text of a worker/),
    ])
  }
})

test('the report shows file, size, hash, audience and chunks', () => {
  const { manifest } = run([wasm('a.wasm', 'x'.repeat(1500)), script('a.js', "WebAssembly; fetch('a.wasm')")])
  expect(formatReport(manifest)).toBe(
    `wasm-cos: shared through Cross-Origin Storage\n  a.wasm  1.5 kB  ${manifest.files[0]!.hash.value.slice(0, 12)}  this site  ← a.js`,
  )
})

test('what is no wasm under the name of wasm is named, also where it is smaller than what takes part', () => {
  const output = [
    wasm('pointer.wasm', 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n'),
    wasm('page.wasm', '<!doctype html><title>404</title>'),
    wasm('empty.wasm', ''),
    wasm('meant.wasm', ''),
    wasm('large.wasm', '\0asm'.padEnd(200, '.')),
    script('main.js', "for (const name of ['large.wasm']) WebAssembly.compileStreaming(fetch(name))"),
  ]
  const { warnings } = run(output, { minSize: 200, exclude: '**/meant.wasm' })
  expect(warnings.map(({ message }) => message)).toEqual([
    expect.stringMatching(
      /^empty\.wasm is not shared: it is no WebAssembly module but empty: build or download/,
    ),
    expect.stringMatching(/^page\.wasm is not shared: it is no WebAssembly module but an HTML page/),
    expect.stringMatching(
      /^pointer\.wasm is not shared: it is no WebAssembly module but a pointer of Git LFS: run "git lfs pull"/,
    ),
  ])
})

test('a copy whose name is put together when a script runs is shared as the one that is named', () => {
  const joined = { ...wasm('ef77ed8ccf52a415.module.wasm', 'same') }
  const files = (copy: WasmFile) => {
    const load =
      "WebAssembly.compileStreaming(fetch(isOther ? 'ef77ed8ccf52a415' + '.module.wasm' : 'a.wasm'))"
    const { edits } = run([wasm('a.wasm', 'same'), copy, script('main.js', load)])
    return edits.flatMap(({ files }) => files.map(({ fileName }) => fileName))
  }
  expect(files(joined)).toEqual(['a.wasm', 'ef77ed8ccf52a415.module.wasm'])
  expect(files({ ...joined, fileName: 'copy.wasm' })).toEqual(['a.wasm'])
  expect(files({ ...joined, fileName: '0123ed8ccf52a415.wasm' })).toEqual(['a.wasm'])
})
