import { build } from 'esbuild'
import { minify as minifyWithOxc } from 'rolldown/utils'
import { minify as minifyWithTerser } from 'terser'
import { describe, expect, test } from 'vitest'
import { applyChanges } from '../edit/apply-changes.ts'
import { hashOf } from '../hash/hash.ts'
import { resolveOptions } from '../options/resolve-options.ts'
import type { OutputFile, WasmFile } from '../output.ts'
import { loadParser } from '../syntax/parser.ts'
import { processOutput } from '../process.ts'
import { checkHashes } from './check-hash.ts'

const parser = await loadParser()

const options = resolveOptions()
const before = new TextEncoder().encode('\0asm as Emscripten linked it')
const after = new TextEncoder().encode('\0asm as wasm-opt left it')
const oldHash = hashOf(before).value
const newHash = hashOf(after).value

/** What `-sCROSS_ORIGIN_STORAGE -sMODULARIZE` links, in short. */
function glueWith(assignment: string, lookup = emscriptenLookup): string {
  return `var createModule = (() => {
  return async function (moduleArg = {}) {
    var Module = moduleArg
    function findWasmBinary() { return Module['locateFile'] ? Module['locateFile']('hello.wasm', '') : 'hello.wasm' }
    async function instantiateAsync(file, imports) {
      ${lookup}
      return WebAssembly.instantiateStreaming(fetch(file, { credentials: 'same-origin' }), imports)
    }
    async function createWasm() {
      ${assignment}
      if (Module['instantiateWasm']) return new Promise((resolve) => Module['instantiateWasm']({}, resolve))
      return instantiateAsync(findWasmBinary(), {})
    }
    await createWasm()
    return Module
  }
})()
globalThis.createModule = createModule
`
}

const emscriptenLookup = `
      var cosHash = { algorithm: 'SHA-256', value: '${oldHash}' }
      if ('crossOriginStorage' in navigator) {
        try {
          var handles = await navigator.crossOriginStorage.requestFileHandles([cosHash])
          return WebAssembly.instantiate(await (await handles[0].getFile()).arrayBuffer(), imports)
        } catch (error) {}
      }`

const linked = glueWith(`Module['wasmHash'] = { algorithm: 'SHA-256', value: '${oldHash}' }`)

const wasm = (bytes: Uint8Array, fileName = 'hello.wasm', sources: WasmFile['sources'] = []): OutputFile => ({
  type: 'wasm',
  fileName,
  bytes,
  sources,
})
const script = (code: string, fileName = 'hello.js'): OutputFile => ({ type: 'script', fileName, code })

/** The output's scripts after processing. */
function run(...output: OutputFile[]) {
  const { edits, warnings, manifest } = processOutput(output, { options, parser })
  const codes = output.flatMap((file) => {
    if (file.type !== 'script') return []
    return [applyChanges(file.code, edits.find(({ fileName }) => fileName === file.fileName)?.changes ?? [])]
  })
  return { codes, edits, warnings, manifest }
}

/** What the glue carries, where it asks for the file and where it exposes the hash; without our stub. */
function hashesOf(code: string): string[] {
  return [...code.matchAll(/(?:cosHash|'wasmHash'\]) = .*'([0-9a-f]{64})'/g)].map(([, value]) => value!)
}

const forms: Record<string, () => Promise<string> | string> = {
  'as Emscripten links it': () => linked,
  'with unquoted names': () => linked.replace("Module['wasmHash']", 'Module.wasmHash'),
  'in Closure style': () =>
    linked.replace(
      `Module['wasmHash'] = { algorithm: 'SHA-256', value: '${oldHash}' }`,
      `Module.wasmHash={"algorithm":"SHA-256","value":"${oldHash}"}`,
    ),
  'if nothing set it before': () => linked.replace("Module['wasmHash'] =", "Module['wasmHash'] ??="),
  'from a constant': () =>
    linked.replace(/Module\['wasmHash'\] = (.*)/, "var h = $1; Module['wasmHash'] = h"),
  'read where it is asked for, as since emscripten#27066': () =>
    linked.replace(/var cosHash = .*/, "var cosHash = Module['wasmHash']"),
  'as the digits alone, of the first releases': () =>
    linked.replace(/Module\['wasmHash'\] = .*/, `Module['wasmSHA256'] = '${oldHash}'`),
  'minified by terser': async () => (await minifyWithTerser(linked, { ecma: 2020, toplevel: true })).code!,
  'minified by esbuild': async () => {
    const { outputFiles } = await build({ stdin: { contents: linked }, minify: true, write: false })
    return outputFiles[0]!.text
  },
  'minified by oxc': async () => (await minifyWithOxc('hello.js', linked)).code,
}

describe.each(Object.entries(forms))("Emscripten's hash, %s", (_, form) => {
  test('becomes that of the emitted file, wherever it stands, and nothing else changes', async () => {
    const code = await form()
    expect(code).toContain(oldHash)
    const { codes, warnings } = run(wasm(after), script(code))
    expect(codes).toEqual(run(wasm(after), script(code.replaceAll(oldHash, newHash))).codes)
    expect(codes[0]).not.toContain(oldHash)
    expect(warnings).toEqual([])
  })

  test('stays, if it is true', async () => {
    const { codes, manifest } = run(wasm(before), script(await form()))
    expect(codes[0]).toContain(oldHash)
    expect(codes[0]).not.toContain(newHash)
    expect(manifest.files.map(({ chunks }) => chunks)).toEqual([['hello.js']])
  })
})

describe('which file it stands for', () => {
  test('the one made from a file that has it, whatever it is called', () => {
    const output = wasm(after, 'assets/a1b2c3.wasm', [{ path: '/node_modules/x/y.wasm', bytes: before }])
    const { codes } = run(wasm(new Uint8Array(4), 'other.wasm'), output, script(linked))
    expect(hashesOf(codes[0]!)).toEqual([newHash, newHash])
  })

  test('the one made from the file that the glue names', () => {
    const output = wasm(after, 'assets/hello-DEADBEEF.wasm', [
      { path: '/src/hello.wasm', bytes: new Uint8Array(8) },
    ])
    const { codes } = run(output, wasm(new Uint8Array(4), 'other.wasm'), script(linked))
    expect(hashesOf(codes[0]!)).toEqual([newHash, newHash])
  })

  test('the one that is named in the same module, where a chunk has several', () => {
    const otherBytes = new TextEncoder().encode('\0asm another')
    const other = linked
      .replaceAll('hello.wasm', 'other.wasm')
      .replaceAll('createModule', 'createOther')
      .replaceAll(oldHash, 'f'.repeat(64))
    const { codes } = run(wasm(after), wasm(otherBytes, 'other.wasm'), script(linked + other))
    expect(hashesOf(codes[0]!)).toEqual([
      newHash,
      newHash,
      hashOf(otherBytes).value,
      hashOf(otherBytes).value,
    ])
  })

  test('the one that is named, of several with the same bytes: the others go on without the glue', () => {
    const page = "WebAssembly.compileStreaming(fetch('app.wasm'))"
    const output = [wasm(before, 'app.wasm'), wasm(before), script(page, 'app.js'), script(linked)]
    const { codes } = run(...output)
    expect(codes[1]).not.toContain('cosFetch_')
    expect(codes[0]).toContain('[["app.wasm",')
  })

  test('none, where it may be one of several: the script is named, with what to do', () => {
    const code = `${linked}\nvar names = ['hello.wasm', 'other.wasm']`.replaceAll(
      "'hello.wasm'",
      "'./a.wasm', './b.wasm'",
    )
    const { codes, warnings } = run(wasm(after, 'a.wasm'), wasm(before.slice(1), 'b.wasm'), script(code))
    expect(hashesOf(codes[0]!)).toEqual([oldHash, oldHash])
    expect(warnings).toContainEqual({
      code: 'stale-hash',
      message: expect.stringMatching(
        /^hello\.js carries Module\['wasmHash'\].*several.*Ship .* or build it anew\.$/,
      ),
    })
  })

  test('none, where the wasm is not among the output', () => {
    const { warnings } = run(script(linked))
    expect(warnings.map(({ code }) => code)).toEqual(['stale-hash'])
  })
})

describe('the glue and the stub', () => {
  test('glue that asks Cross-Origin Storage itself is not asked for a second time, in no chunk', () => {
    const page = "createModule({ locateFile: () => 'hello.wasm' }); fetch('/api').then(() => WebAssembly)"
    const { edits } = run(wasm(after), script(linked), script(page, 'main.js'))
    expect(edits.map(({ fileName }) => fileName)).toEqual(['hello.js'])
    expect(applyChanges(linked, edits[0]!.changes)).not.toContain('cosFetch')
  })

  test('a page that only tells its visitor whether there is Cross-Origin Storage asks for nothing', () => {
    const page = `const wasmHash = { algorithm: 'SHA-256', value: '${oldHash}' }
      document.title = 'crossOriginStorage' in navigator ? wasmHash.value : 'no'
      WebAssembly.compileStreaming(fetch('hello.wasm'))`
    expect(run(wasm(before), script(page)).codes[0]).toContain('cosFetch_')
  })

  test('glue that does not ask itself gets the stub, and what it exposes is not known to be of Emscripten', () => {
    const code = glueWith(`Module['wasmHash'] = { algorithm: 'SHA-256', value: '${oldHash}' }`, '')
    const { codes, warnings } = run(wasm(after), script(code))
    expect(codes[0]).toContain(`Module['wasmHash'] = { algorithm: 'SHA-256', value: '${oldHash}' }`)
    expect(codes[0]).toMatch(/instantiateStreaming\(.*cosFetch_[0-9a-f]{8}\b.*\(file/)
    expect(codes[0]).toContain(`["hello.wasm",${after.byteLength},wasmHash`)
    expect(warnings).toEqual([])
  })
})

describe('our own stub', () => {
  const page = "WebAssembly.instantiateStreaming(fetch('hello.wasm'))\n"
  const [instrumented] = run(wasm(before), script(page)).codes as [string]

  test('is injected once', () => {
    expect(instrumented).toContain('cosFetch_')
    const { edits, manifest } = run(wasm(before), script(instrumented))
    expect(edits).toEqual([])
    expect(manifest).toEqual(run(wasm(before), script(page)).manifest)
  })

  test.each([
    ['as it was', () => instrumented],
    [
      'minified by terser',
      async () => (await minifyWithTerser(instrumented, { toplevel: true, module: true })).code!,
    ],
    [
      'minified by oxc',
      async () => (await minifyWithOxc('hello.js', instrumented, { compress: true, mangle: true })).code,
    ],
    [
      'minified by esbuild',
      async () =>
        (await build({ stdin: { contents: instrumented }, format: 'iife', minify: true, write: false }))
          .outputFiles[0]!.text,
    ],
  ])('keeps hash and size true, %s', async (_, form) => {
    const code = await form()
    expect(checkHashes({ type: 'script', fileName: 'hello.js', code }, [], parser)).toMatchObject([
      { by: 'wasm-cos', status: 'missing', row: { fileName: 'hello.wasm', size: before.byteLength } },
    ])
    const { codes } = run(wasm(after), script(code))
    expect(codes).toEqual([
      code
        .replace(oldHash, newHash)
        .replace(new RegExp(`\\b${before.byteLength}\\b`), String(after.byteLength)),
    ])
  })
})
