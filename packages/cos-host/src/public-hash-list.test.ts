import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startCosHost } from './host.ts'
import { readPublicHashList } from './public-hash-list.ts'

const [first, second, third] = ['1', '2', '3'].map((digit) => digit.repeat(64)) as [string, string, string]

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cos-host-list-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function fileOf(content: string | Buffer): Promise<string> {
  const file = join(folder, 'list')
  await writeFile(file, content)
  return file
}

/** Which of the three hashes are on a list. */
function listed(file: string): boolean[] {
  const list = readPublicHashList(file)
  return [first, second, third].map((hash) => list.has(hash))
}

test('the hashes of all sections count, and what stands outside of them does not', async () => {
  const file = await fileOf(
    [
      '// A list',
      third,
      '// ===BEGIN SHA-256===',
      '// a source',
      first,
      '// ===END SHA-256===',
      '// ===BEGIN SHA-256 HUGGING-FACE===\r',
      `${second}\r`,
      '// ===END SHA-256 HUGGING-FACE===\r',
    ].join('\n'),
  )
  expect(listed(file)).toEqual([true, true, false])
})

test.each<[string, string | Buffer]>([
  ['a CSV with a column sha256', `url,sha256\nhttps://one.example/,${first}\n"a,b",${second}\n`],
  ['digests, one a line', `${second}\n${first}\n`],
  ['sorted digests of 32 bytes each, as Chromium packs it', Buffer.from(first + second, 'hex')],
])('a list may be %s', async (_, content) => {
  expect(listed(await fileOf(content))).toEqual([true, true, false])
})

test.each<[string, string | Buffer, string]>([
  [
    'a pointer of Git LFS',
    'version https://git-lfs.github.com/spec/v1',
    'a pointer of Git LFS, not the list: run "git lfs pull"',
  ],
  ['another text', 'hello, world', 'is no Public Hash List'],
  ['half a packed digest', Buffer.alloc(33), '33 bytes, which is no whole number of packed digests'],
])('%s: an error that names option and file, and says what to do', async (_, content, message) => {
  const publicHashList = await fileOf(content)
  await expect(startCosHost({ publicHashList })).rejects.toThrow(
    `"publicHashList" is ${publicHashList}, which`,
  )
  await expect(startCosHost({ publicHashList })).rejects.toThrow(message)
})

test.each([
  [{ publicHashList: '/nowhere/list.dat' }, 'ENOENT'],
  [{ grease: 2 }, '"grease" is 2: it can be a number from 0 to 1'],
  [{ probeBudget: NaN }, '"probeBudget" is NaN: it can be a whole number from 0'],
  [{ quota: -1 }, '"quota" is -1: it can be a whole number from 0'],
])('startCosHost(%j) fails: %s', async (options, message) => {
  await expect(startCosHost(options)).rejects.toThrow(message)
})
