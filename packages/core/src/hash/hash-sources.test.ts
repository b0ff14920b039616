import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { hashOf } from './hash.ts'
import { hashSources } from './hash-sources.ts'

let folder: string
let path: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wasm-cos-'))
  path = join(folder, 'x.wasm')
})
afterEach(() => rm(folder, { recursive: true }))

/** The hash that a file has now. */
async function hashNow(): Promise<unknown> {
  const [source] = await hashSources([path])
  return source?.hash
}

test('a file that was changed after it was hashed is hashed again', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 })
  await writeFile(path, 'first')
  expect(await hashNow()).toEqual(hashOf(Buffer.from('first')))
  const { ctimeMs } = await stat(path)
  do await writeFile(path, 'later')
  while ((await stat(path)).ctimeMs === ctimeMs)
  expect(await hashNow()).toEqual(hashOf(Buffer.from('later')))
  expect(await hashNow()).toEqual(hashOf(Buffer.from('later')))
  await rm(path)
  expect(await hashNow()).toBeUndefined()
  vi.useRealTimers()
})

test('a file that was changed just now is hashed each time, as the clock may not tell two changes apart', async () => {
  for (const content of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) {
    await writeFile(path, content)
    expect(await hashNow()).toEqual(hashOf(Buffer.from(content)))
  }
})
