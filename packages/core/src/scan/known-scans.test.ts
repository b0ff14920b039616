import { expect, test } from 'vitest'
import type { ScriptFile } from '../output.ts'
import { loadParser } from '../syntax/parser.ts'
import { comparable } from '../testing/comparable.ts'
import { scanOnce } from './known-scans.ts'
import { FileNames } from './named-files.ts'
import { scanOutline } from './scan.ts'

const parser = await loadParser()
const filler = 'function filler(a) { return { a, b: [a, /}/.test(a)] } }\n'
const code = `${filler}import './vendor.js'; WebAssembly.instantiateStreaming(fetch('a.wasm'))`
const script: ScriptFile = { type: 'script', fileName: 'main.js', code }

/** What a scan says, and whether the parser was asked for it. */
function scanned(file: ScriptFile, ...names: string[]) {
  let parsed = 0
  const found = scanOnce(file, new FileNames(names), (...args) => {
    parsed++
    return parser(...args)
  })
  expect(comparable(found)).toEqual(comparable(scanOutline(file, new FileNames(names), parser)!))
  expect(found.file).toBe(file)
  return { isKnown: parsed === 0, refersTo: [...found.refersTo] }
}

test('a script that stays what it was is scanned once', () => {
  const names = ['a.wasm', 'vendor.js', 'main.js']
  expect(scanned(script, ...names).isKnown).toBe(false)
  expect(scanned({ ...script }, ...names).isKnown).toBe(true)
  // A file that it does not name.
  expect(scanned(script, 'other.js', ...names).isKnown).toBe(true)
})

test.each([
  ['the files that it names', script, ['assets/a.wasm', 'vendor.js', 'main.js']],
  ['one of them is gone', script, ['vendor.js', 'main.js']],
  ['files of another type', script, ['a.wasm', 'vendor.js', 'main.js', 'a.mjs']],
  ['its code', { ...script, code: `${code};f()` }, ['a.wasm', 'vendor.js', 'main.js']],
  ['its name', { ...script, fileName: 'x/main.js' }, ['a.wasm', 'vendor.js', 'main.js']],
  ['its format', { ...script, format: 'module' as const }, ['a.wasm', 'vendor.js', 'main.js']],
  ['what it refers to', { ...script, refersTo: ['b.wasm'] }, ['a.wasm', 'vendor.js', 'main.js']],
])('it is scanned again with other circumstances: %s', (_, file, names) => {
  scanned(script, 'a.wasm', 'vendor.js', 'main.js')
  expect(scanned(file, ...names).isKnown).toBe(false)
})

test('it is scanned again where an import map has another file for what it names', () => {
  const file = {
    ...script,
    code: `${filler}WebAssembly.instantiateStreaming(fetch(import.meta.resolve('lib')))`,
  }
  const refersTo = (imports: [string, string][]) => {
    const map = { type: 'import-map' as const, fileName: 'index.html', imports: new Map(imports) }
    const scanned = scanOnce(file, new FileNames(['a.wasm', 'b.wasm'], [map]), parser)
    return Object.fromEntries(scanned.namings)
  }
  expect(refersTo([['lib', '/x/a.wasm']])).toEqual({ 'a.wasm': new Set(['/x/a.wasm']) })
  expect(refersTo([['lib', './b.wasm']])).toEqual({ 'b.wasm': new Set(['./b.wasm']) })
  expect(refersTo([])).toEqual({})
})

test('what is kept is bounded: scripts that were not seen for long are scanned again', () => {
  const names = ['a.wasm', 'vendor.js', 'main.js']
  scanned(script, ...names)
  const known = new FileNames(names)
  for (let at = 0; at < 5; at++)
    scanOnce(
      { ...script, fileName: `${at}.js`, code: `${code} //${String(at).repeat(2 ** 22)}` },
      known,
      parser,
    )
  expect(scanned(script, ...names).isKnown).toBe(false)
})

test('an import map has a say in what is imported or resolved, by its longest beginning, and in no other string', () => {
  const imports = new Map([
    ['$', '/b.wasm'],
    ['a/', '/x/'],
    ['a/b/', '/y/'],
  ])
  const map = { type: 'import-map' as const, fileName: 'index.html', imports }
  const names = new FileNames(['a/main.wasm', 'x/main.wasm', 'y/main.wasm', 'x/b/main.wasm', 'b.wasm'], [map])
  const namesIn = (code: string) => [
    ...scanOnce({ ...script, code: `WebAssembly; ${code}` }, names, parser).refersTo,
  ]
  expect(namesIn("fetch('a/main.wasm')")).toEqual(['a/main.wasm'])
  expect(namesIn("fetch(import.meta.resolve('a/main.wasm'))")).toEqual(['x/main.wasm'])
  expect(namesIn("import('a/b/main.wasm')")).toEqual(['y/main.wasm'])
  expect(namesIn("fetch(import.meta.resolve('$'))")).toEqual(['b.wasm'])
  expect(namesIn("fetch('$')")).toEqual([])
})
