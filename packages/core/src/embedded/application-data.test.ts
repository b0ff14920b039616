import { minify as minifyWithTerser } from 'terser'
import { describe, expect, test } from 'vitest'
import { applyChanges } from '../edit/apply-changes.ts'
import { hashOf } from '../hash/hash.ts'
import { resolveOptions } from '../options/resolve-options.ts'
import type { OutputFile, WasmFile } from '../output.ts'
import { processOutput } from '../process.ts'
import { checkHashes } from '../repair/check-hash.ts'
import { loadParser } from '../syntax/parser.ts'

// A hash that is not provably wasm-cos's own or Emscripten's is the application's: no change, no warning, no finding.

const parser = await loadParser()
const bytes = new TextEncoder().encode('\0asm as it ships')
const source = new TextEncoder().encode('\0asm as it was before an optimiser')
const digits = hashOf(source).value
const other = 'ab'.repeat(32)
const wasm: WasmFile = {
  type: 'wasm',
  fileName: 'a.wasm',
  bytes,
  sources: [{ path: '/app/a.wasm', bytes: source }],
}

const load = "\nWebAssembly.instantiateStreaming(fetch('a.wasm'))\n"
const emscripten = `(function () {
  var Module = {}
  async function ask() { var h = Module['wasmHash']; await navigator.crossOriginStorage.requestFileHandle(h) }
  async function create() { Module['wasmHash'] = { algorithm: 'SHA-256', value: '${hashOf(bytes).value}' }; await ask('a.wasm') }
  create()
})()
`

const data: Record<string, string> = {
  "a contract's property": `globalThis.contract = { wasmHash: '${other}' }`,
  'a property with an algorithm': `globalThis.contract = { wasmHash: { algorithm: 'SHA-256', value: '${other}' } }`,
  'an assignment': `globalThis.contract = {}; contract.wasmHash = '${other}'`,
  'an assignment with an algorithm': `var contract = {}; contract.wasmHash = { algorithm: 'SHA-256', value: '${other}' }`,
  'a constant': `const wasmHash = '${other}'; show(wasmHash)`,
  'a constant of an older name': `const wasmSHA256 = '${other}'; show(wasmSHA256)`,
  'a constant with an algorithm': `const wasmHash = { algorithm: 'SHA-256', value: '${other}' }; show(wasmHash)`,
  'a list of digests': `globalThis.files = [['a.wasm', ${bytes.length}, '${other}'], ['b.wasm', 1, '${digits}']]`,
  "a source file's digest": `globalThis.source = '${digits}'`,
  "a source file's digest with an algorithm": `globalThis.source = { algorithm: 'SHA-256', value: '${digits}' }`,
}

/** The script as it is after the build, with the warnings. */
function run(code: string, options = {}): { code: string; warnings: string[] } {
  const script: OutputFile = { type: 'script', fileName: 'main.js', code }
  const result = processOutput([wasm, script], { options: resolveOptions(options), parser })
  return {
    code: applyChanges(code, result.edits[0]?.changes ?? []),
    warnings: result.warnings.filter(({ code }) => code === 'stale-hash').map(({ message }) => message),
  }
}

const findings = (code: string) =>
  checkHashes(
    { type: 'script', fileName: 'main.js', code },
    [{ ...wasm, size: bytes.length, hash: hashOf(bytes) }],
    parser,
  )

describe.each(Object.entries(data))('%s', (_, statement) => {
  test.each([
    ['alone', ''],
    ['beside code that loads', load],
    ["beside Emscripten's glue", emscripten],
    ['in the function of a module that loads', undefined],
  ])('%s stays as it is', (_, beside) => {
    const code = beside === undefined ? `(function () { ${statement}; ${load} })()` : statement + beside
    const built = run(code)
    expect(built.warnings).toEqual([])
    expect(built.code).toContain(code.slice(0, code.indexOf(statement) + statement.length))
    // Once more, as the command finds it: with a stub beside it.
    expect(run(built.code)).toEqual({ code: built.code, warnings: [] })
    expect(findings(built.code).map(({ status, by }) => [by, status])).toEqual(
      beside === '' ? [] : beside === emscripten ? [['emscripten', 'true']] : [['wasm-cos', 'true']],
    )
  })

  test('minified in one chunk with code that loads, it stays as it is', async () => {
    const { code } = await minifyWithTerser(run(statement + load).code, { toplevel: true })
    const digitsIn = (text: string) => [...text.matchAll(/[0-9a-f]{64}/g)].map(String).toSorted()
    expect(digitsIn(run(code!).code)).toEqual(digitsIn(code!))
    expect(run(code!).warnings).toEqual([])
    expect(findings(code!).map(({ by, status }) => [by, status])).toEqual([['wasm-cos', 'true']])
  })
})

test('a row stands for the file at its path, never for one whose path ends alike', () => {
  const code = run(load).code
  const file = { fileName: 'x/a.wasm', size: bytes.length, hash: hashOf(bytes), sources: [] }
  const check = (script: string, ...files: (typeof file)[]) =>
    checkHashes({ type: 'script', fileName: script, code }, files, parser).map(({ status, file }) => [
      status,
      file?.fileName,
    ])
  expect(check('main.js', file)).toEqual([['missing', undefined]])
  // The folder that is checked is one above the build's output.
  expect(check('x/main.js', file)).toEqual([['true', 'x/a.wasm']])
  expect(check('x/assets/main.js', file)).toEqual([['true', 'x/a.wasm']])
  expect(check('y/main.js', file)).toEqual([['missing', undefined]])
  expect(check('x/main.js', file, { ...file, fileName: 'a.wasm' })).toEqual([['true', 'a.wasm']])
  const rowOfX = code.replace('"a.wasm"', '"x/a.wasm"')
  expect(
    checkHashes(
      { type: 'script', fileName: 'main.js', code: rowOfX },
      [{ ...file, fileName: 'a.wasm' }],
      parser,
    ),
  ).toMatchObject([{ status: 'missing' }])
})
