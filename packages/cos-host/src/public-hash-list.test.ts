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

async function fileOf(...lines: string[]): Promise<string> {
  const file = join(folder, 'list.dat')
  await writeFile(file, lines.join('\n'))
  return file
}

test('the hashes of all sections count, and what stands outside of them does not', async () => {
  const file = await fileOf(
    '// A list',
    third,
    '// ===BEGIN SHA-256===',
    '// a source',
    first,
    '// ===END SHA-256===',
    '// ===BEGIN SHA-256 HUGGING-FACE===\r',
    `${second}\r`,
    '// ===END SHA-256 HUGGING-FACE===\r',
  )
  const list = await readPublicHashList(file)
  expect([first, second, third].map((hash) => list.has(hash))).toEqual([true, true, false])
})

test.each([
  [
    'version https://git-lfs.github.com/spec/v1',
    'a Git LFS pointer and not the list: fetch it with "git lfs pull"',
  ],
  [first, 'has no section that begins with "// ===BEGIN SHA-256"'],
])('%s: an error that says what to do', async (line, message) => {
  const publicHashList = await fileOf(line)
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
