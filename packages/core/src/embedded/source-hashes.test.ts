import { minify as minifyWithOxc } from 'rolldown/utils'
import { minify as minifyWithTerser } from 'terser'
import { expect, test } from 'vitest'
import { applyChanges } from '../edit/apply-changes.ts'
import { explicitImportModule } from '../inject/explicit-import.ts'
import { hashOf } from '../hash/hash.ts'
import { resolveOptions } from '../options/options.ts'
import type { OutputFile, WasmFile } from '../output.ts'
import { loadParser } from '../syntax/parser.ts'
import { processOutput } from '../process.ts'

const parser = await loadParser()

const before = new TextEncoder().encode('\0asm as it was imported')
const after = new TextEncoder().encode('\0asm as an optimiser left it')
const path = '/app/x.wasm'

/** An emitted file that was made from the imported one. */
function emitted(fileName: string, bytes: Uint8Array): WasmFile {
  return { type: 'wasm', fileName, bytes, sources: [{ path, bytes: before }] }
}

/** What a script becomes that ships with these files. */
function run(code: string, ...files: OutputFile[]) {
  const script: OutputFile = { type: 'script', fileName: 'x.js', code, format: 'module' }
  const { edits, warnings } = processOutput([...files, script], {
    options: resolveOptions(),
    parser,
  })
  return {
    code: applyChanges(code, edits[0]?.changes ?? []),
    warnings: warnings.map(({ message }) => message),
  }
}

const module = explicitImportModule(before, "const url = 'x-1234.wasm'")

test.each([
  ['as it was generated', () => `${module}window.show(wasmHash)`],
  [
    'minified by terser to the digits alone',
    async () => (await minifyWithTerser(`${ofHash}window.show(wasmHash.value)`, { module: true })).code!,
  ],
  [
    'merged into another string by oxc',
    async () =>
      (await minifyWithOxc('x.js', `${ofDigits}window.show(\`SHA-256 \${value}\`)`, { compress: true })).code,
  ],
])('the hash of an explicit import becomes that of the file that ships, %s', async (_, form) => {
  const code = await form()
  const result = run(code, emitted('x-1234.wasm', after))
  expect(result.code).not.toContain(hashOf(before).value)
  expect(result.code.replaceAll(/;?\n?(const wasmHash=|function cosFetch_).*/gs, '')).toContain(
    hashOf(after).value,
  )
  expect(result.warnings).not.toContainEqual(expect.stringContaining('carries'))
})

const ofHash = module.replace(/export .*/, '')
const ofDigits = `const value = '${hashOf(before).value}'\n`

test('the hash of a source that ships unchanged stays, although something else was made from it too', () => {
  const result = run(`${ofDigits}window.show(value)`, emitted('a.wasm', after), emitted('b.wasm', before))
  expect(result.code).toContain(hashOf(before).value)
  expect(result.code).not.toContain(hashOf(after).value)
})

test('a hash that may stand for either of two files made from one source is reported and left', () => {
  const result = run(
    `${ofDigits}window.show(value)`,
    emitted('a.wasm', after),
    emitted('b.wasm', new Uint8Array(9)),
  )
  expect(result.code).toContain(hashOf(before).value)
  expect(result.warnings.join('\n')).toMatch(/x\.js carries the hash .* \(a\.wasm, b\.wasm\)/)
})

test('an output that does not load through Cross-Origin Storage has true hashes, and nothing else', () => {
  const script: OutputFile = { type: 'script', fileName: 'x.js', code: module, format: 'module' }
  const { edits } = processOutput([emitted('x-1234.wasm', after), script], {
    options: resolveOptions(),
    parser,
    injects: false,
  })
  expect(applyChanges(module, edits[0]!.changes)).toBe(
    module.replace(hashOf(before).value, hashOf(after).value),
  )
})
