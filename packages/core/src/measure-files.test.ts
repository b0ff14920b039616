import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { hashOf } from './hash.ts'
import { measureFiles } from './measure-files.ts'
import { measureFile } from './measure-sources.ts'
import type { OutputFile } from './output.ts'

const emitted = Buffer.from('\0asm emitted')
const original = Buffer.from('\0asm original')

function wasm(bytes: Buffer, sources: Buffer[]): OutputFile {
  const named = sources.map((bytes, index) => ({ path: `/${index}.wasm`, bytes }))
  return { type: 'wasm', fileName: 'x.wasm', bytes, sources: named }
}

test('files and their sources are hashed as they would be otherwise, and let go of their bytes', async () => {
  const script: OutputFile = { type: 'script', fileName: 'x.js', code: '' }
  expect(await measureFiles([wasm(emitted, [emitted, original]), script])).toEqual([
    {
      type: 'wasm',
      fileName: 'x.wasm',
      size: 12,
      hash: hashOf(emitted),
      sources: [
        { path: '/0.wasm', size: 12, hash: hashOf(emitted) },
        { path: '/1.wasm', size: 13, hash: hashOf(original) },
      ],
    },
    script,
  ])
})

test('a candidate of the same content is a source, once', async () => {
  const same = { path: '/same.wasm', size: 12, hash: hashOf(emitted) }
  const named = { ...same, path: '/0.wasm' }
  const other = { path: '/other.wasm', size: 13, hash: hashOf(original) }
  expect(await measureFiles([wasm(emitted, [emitted])], [named, same, other])).toMatchObject([
    { sources: [named, same] },
  ])
})

test('a file that changed since it was hashed does not lend its hash', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wasm-cos-'))
  const path = join(folder, 'x.wasm')
  await writeFile(path, emitted)
  const same = { path, ...(await measureFile(path)) }
  await writeFile(path, original.subarray(0, emitted.length))
  expect(await measureFiles([wasm(emitted, [])], [{ ...same, hash: hashOf(original) }])).toMatchObject([
    { hash: hashOf(emitted) },
  ])
  await rm(folder, { recursive: true })
})
