import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sha256 } from '@wasm-cos/harness/hash'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { CosHostOptions } from './options.ts'
import { startTestPages, type TestPages } from './testing/test-pages.ts'

let folder: string
let pages: TestPages
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cos-host-list-'))
})
afterEach(() => pages.close())
afterAll(() => rm(folder, { recursive: true }))

/** Two sites under a host with these options. */
async function open(options: CosHostOptions): Promise<{ first: Page; second: Page; sibling: Page }> {
  pages = await startTestPages(options)
  return {
    first: await pages.open(`localhost:${pages.ports[0]}`),
    sibling: await pages.open(`localhost:${pages.ports[1]}`),
    second: await pages.open(`127.0.0.1:${pages.ports[0]}`),
  }
}

async function listOf(...texts: string[]): Promise<string> {
  const file = join(folder, 'public-hash-list.dat')
  const lines = texts.flatMap((text) => [`// a source, https://one.example/${text}`, sha256(text)])
  await writeFile(file, ['// ===BEGIN SHA-256===', ...lines, '// ===END SHA-256===', ''].join('\n'))
  return file
}

test('with a Public Hash List, everyone sees what is on it, and nobody else what is not', async () => {
  const { first, second, sibling } = await open({ publicHashList: await listOf('listed') })
  const printed: string[] = []
  second.on('console', (message) => printed.push(message.text()))
  await first.evaluate(async () => [await write('listed', '*'), await write('unlisted', '*')])

  expect(await second.evaluate(() => read('listed'))).toBe('listed')
  const attempts = await second.evaluate(() => Promise.all(Array.from({ length: 8 }, () => read('unlisted'))))
  expect(new Set(attempts)).toEqual(new Set(['NotFoundError']))
  expect(await first.evaluate(() => read('unlisted'))).toBe('unlisted')
  expect(await sibling.evaluate(() => read('unlisted'))).toBe('unlisted')
  expect(printed).toEqual([])

  expect(await second.evaluate(() => write('unlisted', '*'))).toBe('stored')
  expect(await second.evaluate(() => read('unlisted'))).toBe('unlisted')
})

test("with one, '*' takes nothing from those who could read a file that is not listed before", async () => {
  const { first, second, sibling } = await open({ publicHashList: await listOf('listed') })
  const [other, stranger] = [`http://a.localhost:${pages.ports[0]}`, `http://b.localhost:${pages.ports[0]}`]
  const allowed = await pages.open(`localhost:${pages.ports[0]}`, `/?allow=${other}`)
  expect(await allowed.evaluate((other) => write('file', [other]), other)).toBe('stored')
  // The site itself opens it to everyone, then another one does.
  for (const page of [first, second]) {
    expect(await page.evaluate(() => write('file', '*'))).toBe('stored')
    const reader = await pages.open(new URL(other).host)
    expect(await reader.evaluate(() => read('file'))).toBe('file')
  }
  expect(await sibling.evaluate(() => read('file'))).toBe('file')
  const outsider = await pages.open(new URL(stranger).host)
  expect(await outsider.evaluate(() => read('file'))).toBe('NotFoundError')
})

test('without one everyone sees all, and one line on the console says what a browser does', async () => {
  const { first, second } = await open({})
  const printed: string[] = []
  for (const page of [first, second]) page.on('console', (message) => printed.push(message.text()))
  await first.evaluate(async () => [await write('one', '*'), await write('two', '*'), await read('one')])
  expect(await second.evaluate(async () => [await read('one'), await read('two')])).toEqual(['one', 'two'])
  expect(printed).toEqual([
    expect.stringMatching(/^cos-host: .* only if its hash is on the Public Hash List/),
  ])
})

test('GREASE withholds small files from those who see them only because everyone may', async () => {
  const { first, second, sibling } = await open({ grease: 1 })
  const listed = `http://127.0.0.1:${pages.ports[0]}`
  const allowed = await pages.open(`localhost:${pages.ports[0]}`, `/?allow=${listed}`)
  await first.evaluate(() => write('small', '*'))
  await first.evaluate(() => write('x'.repeat(500 * 1024), '*'))
  await allowed.evaluate((listed) => write('listed', [listed]), listed)
  expect(await second.evaluate(() => read('small'))).toBe('NotFoundError')
  expect(await second.evaluate(async () => (await read('x'.repeat(500 * 1024))).length)).toBe(500 * 1024)
  expect(await second.evaluate(() => read('listed'))).toBe('listed')
  expect(await first.evaluate(() => read('small'))).toBe('small')
  expect(await sibling.evaluate(() => read('small'))).toBe('small')
})

test('a probe budget counts the distinct hashes of others, and its end looks like a miss', async () => {
  const { first, second } = await open({ probeBudget: 2 })
  await first.evaluate(() => Promise.all(['one', 'two', 'three'].map((text) => write(text, '*'))))
  const results = await second.evaluate(async () => {
    const results = [await write('own')]
    for (const text of ['own', 'missing', 'missing', 'one', 'two', 'one', 'three', 'own', 'missing'])
      results.push(await read(text))
    // To store is not to probe, and what a site has stored it may always read.
    const again = await Promise.all(Array.from({ length: 20 }, () => read('own')))
    return [...results, await write('two'), await read('two'), new Set(again).size]
  })
  const missing = 'NotFoundError'
  expect(results).toEqual([
    'stored',
    'own',
    missing,
    missing,
    'one',
    missing,
    'one',
    missing,
    'own',
    missing,
    'stored',
    'two',
    1,
  ])
  await pages.host.clear()
  await first.evaluate(() => write('three', '*'))
  expect(await second.evaluate(() => read('three'))).toBe('three')
})

test('an origin stores as much as its quota, once for each file; the console says why no more', async () => {
  const { first, second } = await open({ quota: 10 })
  const printed: string[] = []
  first.on('console', (message) => printed.push(message.text()))
  const results = await first.evaluate(async () => {
    const again = await Promise.all(Array.from({ length: 25 }, () => write('123456')))
    const over = await observe(async () => {
      const writable = await (await handleOf('56789', { create: true })).createWritable()
      await writable.write('56789')
      await writable.close()
    })
    return { again, over: over.what, rest: await write('7890'), read: await read('56789') }
  })
  expect(new Set(results.again)).toEqual(new Set(['stored']))
  expect(results).toMatchObject({ over: 'QuotaExceededError', rest: 'stored', read: 'NotFoundError' })
  expect(printed).toContainEqual(
    expect.stringMatching(/has stored 6 bytes of 10: there is no room for 5 more/),
  )
  expect(await second.evaluate(() => write('56789'))).toBe('stored')
})
