import { runInNewContext } from 'node:vm'
import { transform } from 'esbuild'
import { minify as minifyWithOxc } from 'rolldown/utils'
import { minify as minifyWithTerser } from 'terser'
import { describe, expect, test } from 'vitest'
import { applyChanges } from '../edit/apply-changes.ts'
import { explicitImportText } from '../explicit-import/module-text.ts'
import { hashOf } from '../hash/hash.ts'
import { resolveOptions } from '../options/resolve-options.ts'
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

const module = explicitImportText(before, "const url = 'x-1234.wasm'")

const minifiers: [string, (code: string) => Promise<string>][] = [
  ['as it was generated', async (code) => code],
  ['minified by terser', async (code) => (await minifyWithTerser(code, { module: true })).code!],
  [
    'minified by oxc',
    async (code) => (await minifyWithOxc('x.js', code, { compress: true, module: true })).code,
  ],
  [
    'minified by esbuild',
    async (code) => (await transform(code, { minify: true, format: 'esm', treeShaking: true })).code,
  ],
]

const used = module.replace(/export .*/, '')

/** What the page shows when the script runs. */
function shown(code: string): unknown[] {
  const values: unknown[] = []
  runInNewContext(code.replaceAll('import.meta.url', "'http://localhost/'"), {
    window: { show: (value: unknown) => values.push(value) },
  })
  return values
}

describe.each(minifiers)('an explicit import, %s', (_, minify) => {
  test('gives the hash of its source, and after the build that of the file that ships', async () => {
    const code = await minify(
      `${used}window.show(wasmHash.value)\nwindow.show(\`SHA-256 \${wasmHash.value}\`)`,
    )
    expect(shown(code)).toEqual([hashOf(before).value, `SHA-256 ${hashOf(before).value}`])
    const result = run(code, emitted('x-1234.wasm', after))
    expect(shown(result.code)).toEqual([hashOf(after).value, `SHA-256 ${hashOf(after).value}`])
    expect(result.warnings.join()).not.toContain('carries')
  })

  test('leaves the same digits elsewhere in the script to the application', async () => {
    const digits = hashOf(before).value
    const code = await minify(`${used}window.show(wasmHash.value)\nwindow.show(['${digits}'])`)
    expect(shown(run(code, emitted('x-1234.wasm', after)).code)).toEqual([hashOf(after).value, [digits]])
  })

  test('is nothing where it is not used', async () => {
    const code = await minify(
      `${used.replaceAll(/^const (?!wasmHash|digitsOf).*|^ .*|^\}/gm, '')}window.show(1)`,
    )
    if (minify !== minifiers[0]![1]) expect(code.trim()).toMatch(/^window\.show\(1\);?$/)
  })
})

test('a worker that stands in a script as a string has the hash of the file that ships', async () => {
  const worker = JSON.stringify(`${used}postMessage(wasmHash.value)`)
  const result = run(`window.show(${worker})`, emitted('x-1234.wasm', after))
  expect(result.code).toBe(`window.show(${worker.replace(hashOf(before).value, hashOf(after).value)})`)
})

test('the hash of a source that ships unchanged stays, although something else was made from it too', () => {
  const result = run(`${used}window.show(wasmHash)`, emitted('a.wasm', after), emitted('b.wasm', before))
  expect(result.code).toContain(`wasm-cos-hash:${hashOf(before).value}`)
})

test('a hash that may stand for either of two files made from one source is reported and left', () => {
  const result = run(
    `${used}window.show(wasmHash)`,
    emitted('a.wasm', after),
    emitted('b.wasm', new Uint8Array(9)),
  )
  expect(result.code).toContain(`wasm-cos-hash:${hashOf(before).value}`)
  expect(result.warnings.join('\n')).toMatch(
    /x\.js carries the hash .* of an explicit import, whose file became several/,
  )
})

test('a script that wants nothing but the hash of a file that is not emitted is not warned of', () => {
  expect(run(`${used}window.show(wasmHash)`).warnings).toEqual([])
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
