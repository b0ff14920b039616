import { mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { EarlySources } from './early-sources.ts'
import { hashOf } from './hash.ts'

let folder: string
let path: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wasm-cos-'))
  path = join(folder, 'x.wasm')
  await writeFile(path, 'first')
})
afterEach(() => rm(folder, { recursive: true }))

test('files are hashed as they are, whether begun with, or changed since', async () => {
  const sources = new EarlySources()
  const other = join(folder, 'y.wasm')
  await writeFile(other, 'other')
  sources.begin(path)
  expect(await sources.hash([path, other])).toMatchObject([
    { path, hash: hashOf(Buffer.from('first')) },
    { path: other, hash: hashOf(Buffer.from('other')) },
  ])
  const { ctimeMs } = await stat(path)
  do await writeFile(path, 'later')
  while ((await stat(path)).ctimeMs === ctimeMs)
  expect(await sources.hash([path])).toMatchObject([{ hash: hashOf(Buffer.from('later')) }])
  await rm(path)
  expect(await sources.hash([path])).toEqual([])
})

test('a file that came later is found', async () => {
  const sources = new EarlySources()
  const later = join(folder, 'later.wasm')
  sources.begin(later)
  await setImmediate()
  await writeFile(later, 'later')
  expect(await sources.hash([later])).toMatchObject([{ path: later }])
})

test('what cannot be read is the error of whoever wants it', async () => {
  const sources = new EarlySources()
  const loop = join(folder, 'loop.wasm')
  await symlink(loop, loop)
  sources.begin(loop)
  await setImmediate()
  await setImmediate()
  await expect(sources.hash([loop])).rejects.toThrow('loop.wasm')
})
