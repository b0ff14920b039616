import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hashSources } from '@wasm-cos/core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { looksCopied } from './looks-copied.ts'

let folder: string
beforeAll(async () => {
  // Of a file that was changed just now, nobody can tell by its time whether it was changed again.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 })
  folder = await mkdtemp(join(tmpdir(), 'wasm-cos-copied-'))
})
afterAll(async () => {
  vi.useRealTimers()
  await rm(folder, { recursive: true, force: true })
})

/** Writes a source file, hashes it, and writes another file. */
async function writeBoth(original: Buffer, written: Buffer) {
  const [path, sourcePath] = [join(folder, 'written.wasm'), join(folder, 'source.wasm')]
  await writeFile(sourcePath, original)
  await writeFile(path, written)
  const [source] = await hashSources([sourcePath])
  return { path, source: source! }
}

const changedAt = (bytes: Buffer, at: number) => {
  const copy = Buffer.from(bytes)
  copy[at]! ^= 1
  return copy
}

test.each([0, 8, 2 ** 16, 2 ** 20, 3 * 2 ** 20 + 17])('a copy of %i bytes', async (size) => {
  const bytes = Buffer.alloc(size, 7)
  const { path, source } = await writeBoth(bytes, bytes)
  expect(looksCopied(path, source)).toBe(true)
})

test.each([0, 2 ** 16 - 1, 2 * 2 ** 20, 3 * 2 ** 20 + 16])(
  'a file that differs at %i is none',
  async (at) => {
    const bytes = Buffer.alloc(3 * 2 ** 20 + 17, 7)
    const { path, source } = await writeBoth(bytes, changedAt(bytes, at))
    expect(looksCopied(path, source)).toBe(false)
  },
)

test('neither is one of another size, one that is missing, or a copy of a source that has changed since', async () => {
  const bytes = Buffer.alloc(1000, 7)
  const shorter = await writeBoth(bytes, bytes.subarray(1))
  expect(looksCopied(shorter.path, shorter.source)).toBe(false)
  expect(looksCopied(join(folder, 'missing.wasm'), shorter.source)).toBe(false)
  const { path, source } = await writeBoth(bytes, bytes)
  await utimes(source.path, 0, 0)
  expect(looksCopied(path, source)).toBe(false)
})

test('a source that was changed just before it was hashed tells nothing', async () => {
  vi.setSystemTime(Date.now() - 60_000)
  const bytes = Buffer.alloc(1000, 7)
  const { path, source } = await writeBoth(bytes, bytes)
  vi.setSystemTime(Date.now() + 60_000)
  expect(looksCopied(path, source)).toBe(false)
})
