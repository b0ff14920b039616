import { createHash } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findListed } from './find-listed.ts'
import { packHashList } from './pack.ts'
import { readHashList } from './read-hash-list.ts'

const folder = mkdtempSync(join(tmpdir(), 'wasm-cos-list-'))
const digest = (text: string) => createHash('sha256').update(text).digest('hex')
const [core, wasm, model, manual, none] = ['core', 'wasm', 'model', 'manual', 'none'].map(digest) as [
  string,
  string,
  string,
  string,
  string,
]

/** One of the few digests that have no byte that only binary files have; it is no UTF-8 either. */
const text = 'ff'.repeat(32)

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

/** A list as it is published. */
const published = `// Public Hash List (PHL)
// VERSION: 2026-09-14T09:25:20Z
// Algorithm: SHA-256 (lowercase hex, 64 chars)
//
// ===BEGIN SHA-256===
// cdnjs — e.g. https://cdn.example/core.js
${core}
// HTTP Archive — e.g. https://cdn.example/it,en/a.wasm?v=1
${wasm}
// ===END SHA-256===
//
// ===BEGIN SHA-256 HUGGING-FACE===
// Hugging Face — e.g. https://models.example/a.onnx
${model}
// ===END SHA-256 HUGGING-FACE===
//
// ===BEGIN SHA-256 MANUAL===
${manual}
// ===END SHA-256 MANUAL===
`
const csv = `sha256,url\n${core},https://cdn.example/core.js\r\n${wasm},"https://cdn.example/it,en/a.wasm"\n`
const all = [core, wasm, model, manual, none, text]

describe('a list has a digest or has it not', () => {
  const packed = packHashList(write('a.dat', published), { huggingFace: true, onlyWasm: false })
  test.each([
    ['the published text', published, [core, wasm, model, manual]],
    ['digests alone', `${core}\n${wasm}`, [core, wasm]],
    ["digests with their files' names", `${core}  core.js\n${wasm} *a.wasm\n`, [core, wasm]],
    [
      'sections of another algorithm beside',
      `// ===BEGIN SHA-384===\n${none}\n// ===END SHA-384===\n${published}`,
      [core, wasm, model, manual],
    ],
    ['a digest before the sections', `${none}\n${published}`, [core, wasm, model, manual]],
    ['a CSV', csv, [core, wasm]],
    ['a CSV whose digest comes last', `url,sha256\n"a ""b"", c",${core}\n`, [core]],
    ['a CSV with a byte order mark', `\uFEFFsha256,url\n${core},https://cdn.example/core.js\n`, [core]],
    ['the packed form', packed, [core, wasm, model, manual]],
    ['the packed form of one digest', Buffer.from(text, 'hex'), [text]],
  ])('%s', (name, content, listed) => {
    const path = write(name, content)
    expect([...findListed(path, all)].toSorted()).toEqual(listed.toSorted())
    const list = readHashList(path)
    expect(all.filter((hash) => list.has(hash)).toSorted()).toEqual(listed.toSorted())
  })

  test('without the section of Hugging Face', () => {
    const path = write('hf.dat', published)
    expect([...findListed(path, all, { huggingFace: false })].toSorted()).toEqual(
      [core, wasm, manual].toSorted(),
    )
  })

  test('packed, it has no sections any more', () => {
    const path = write('hf.bin', packed)
    expect(() => findListed(path, all, { huggingFace: false })).toThrow(/packed already/)
    expect(() => readHashList(path, { huggingFace: false })).toThrow(/packed already/)
  })

  test('a list of many pieces, each digest of it', () => {
    const digests = Array.from({ length: 12_000 }, (_, index) => digest(String(index)))
    const lines = digests.map(
      (text, index) => `// ${'x'.repeat(index % 97)} — e.g. https://a.example/${index}\n${text}\n`,
    )
    const path = write('large.dat', `// ===BEGIN SHA-256===\n${lines.join('')}// ===END SHA-256===`)
    expect(findListed(path, [...digests, none]).size).toBe(digests.length)
    const packedPath = write('large.bin', packHashList(path, { huggingFace: true, onlyWasm: false }))
    const some = digests.filter((_, index) => index % 600 === 0)
    expect(findListed(packedPath, [...some, none]).size).toBe(some.length)
  })
})

test('packed, digests are sorted, and only those of wasm files on request', () => {
  const path = write('pack.dat', published.replaceAll(manual, `${manual}\n${core}`))
  // A digest that is there twice is packed once.
  const hex = (options: { onlyWasm: boolean; huggingFace: boolean }) =>
    packHashList(path, options).toString('hex').match(/.{64}/g)
  expect(hex({ onlyWasm: false, huggingFace: true })).toEqual([core, wasm, model, manual].toSorted())
  expect(hex({ onlyWasm: false, huggingFace: false })).toEqual([core, wasm, manual].toSorted())
  expect(hex({ onlyWasm: true, huggingFace: true })).toEqual([wasm])
  // A comment is about the digest below it, and about no other.
  const uncommented = write('uncommented.dat', published.replace(wasm, `${wasm}\n${none}`))
  expect(packHashList(uncommented, { onlyWasm: true, huggingFace: true }).toString('hex')).toBe(wasm)
  expect(packHashList(write('pack.csv', csv), { onlyWasm: true, huggingFace: true }).toString('hex')).toBe(
    wasm,
  )
})

test.each([
  [
    'a pointer of Git LFS',
    'version https://git-lfs.github.com/spec/v1\noid sha256:1f2e\nsize 88000000\n',
    /pointer of Git LFS, .*git lfs pull/,
  ],
  ['another text', 'hello, world\n', /is no Public Hash List/],
  ['nothing', '', /is no Public Hash List/],
  ['half a packed digest', Buffer.alloc(33), /33 bytes, which is no whole number/],
  ['a list without digests', '// ===BEGIN SHA-256===\n// ===END SHA-256===\n', /no SHA-256 on any line/],
])('%s is an error that says so', (name, content, message) => {
  expect(() => findListed(write(name, content), all)).toThrow(message)
})

test('a list that is not there, and a folder', () => {
  expect(() => findListed(join(folder, 'missing.dat'), all)).toThrow(/cannot be read .*ENOENT/)
  expect(() => findListed(folder, all)).toThrow(/is a folder|EISDIR/)
})
