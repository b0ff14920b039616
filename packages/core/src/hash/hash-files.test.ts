import { mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { hashOf } from './hash.ts'
import { hashOutput } from './hash-files.ts'
import { hashSources } from './hash-sources.ts'
import type { HashedSourceFile, OutputFile } from '../output.ts'

const emitted = Buffer.from('\0asm emitted')
const changed = Buffer.from('\0asm changed')
const original = Buffer.from('\0asm original')

function wasm(bytes: Buffer, sources: Buffer[]): OutputFile {
  const named = sources.map((bytes, index) => ({ path: `/${index}.wasm`, bytes }))
  return { type: 'wasm', fileName: 'x.wasm', bytes, sources: named }
}

test('files and their sources are hashed as they would be otherwise, and let go of their bytes', async () => {
  const script: OutputFile = { type: 'script', fileName: 'x.js', code: '' }
  expect(await hashOutput([wasm(emitted, [emitted, original]), script])).toEqual([
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
  expect(await hashOutput([wasm(emitted, [emitted])], [named, same, other])).toMatchObject([
    { sources: [named, same] },
  ])
})

describe('a file on disk', () => {
  let path: string
  let file: HashedSourceFile
  beforeEach(async () => {
    path = join(await mkdtemp(join(tmpdir(), 'wasm-cos-')), 'x.wasm')
    await writeFile(path, emitted)
    // Of a file that was changed just now, nobody can tell by its time whether it was changed again.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 })
    const [hashed] = await hashSources([path])
    // Where this hash turns up, nothing was hashed again.
    file = { ...hashed!, hash: hashOf(original) }
  })
  afterEach(async () => {
    vi.useRealTimers()
    await rm(dirname(path), { recursive: true })
  })

  const hash = async (bytes: Buffer) => (await hashOutput([wasm(bytes, [])], [file]))[0]

  test('lends its hash to what is emitted of it', async () => {
    expect(await hash(emitted)).toMatchObject({ size: emitted.length, hash: hashOf(original) })
  })

  test.each([
    ['what was emitted before it changed', emitted],
    ['what is emitted afterwards', changed],
  ])('does not lend its hash to %s', async (_, bytes) => {
    await changeFile(path)
    expect(await hash(bytes)).toMatchObject({ hash: hashOf(bytes) })
  })

  test('that cannot be read is an error, unlike one that is not there', async () => {
    const loop = join(dirname(path), 'loop.wasm')
    await symlink(loop, loop)
    await expect(hashSources([loop])).rejects.toThrow('loop.wasm')
    expect(await hashSources(['/not/there.wasm', 'virtual:x.wasm', 'a\0.wasm', dirname(path)])).toEqual([])
  })
})

/** To the same size, and at a time that the file system can tell from the first. */
async function changeFile(path: string): Promise<void> {
  const { ctimeMs } = await stat(path)
  do await writeFile(path, changed)
  while ((await stat(path)).ctimeMs === ctimeMs)
}
