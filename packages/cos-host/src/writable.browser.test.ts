import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { WriteCommand } from './page/api.ts'
import { startTestPages, type TestPages } from './testing/test-pages.ts'

// What was written last counts, however it came about; nothing else is ever stored:
// https://wicg.github.io/cross-origin-storage/#creating-and-writing-files

let pages: TestPages
let page: Page
beforeAll(async () => {
  pages = await startTestPages()
  page = await pages.open(`localhost:${pages.ports[0]}`)
})
beforeEach(() => pages.host.clear())
afterAll(() => pages.close())

test('write() takes text, bytes, blobs and commands, and the stream is the platform’s', async () => {
  const { text, isStream } = await page.evaluate(async () => {
    const whole = 'one two three four five'
    const writable = await (await handleOf(whole, { create: true })).createWritable()
    const bytes = new TextEncoder().encode('two ')
    await writable.write('one ')
    await writable.write(bytes)
    bytes.fill(0)
    await writable.write(new TextEncoder().encode('three ').buffer)
    await writable.write({ type: 'write', data: new Blob(['four ']) })
    await new Blob(['five']).stream().pipeTo(writable)
    return { text: await read(whole), isStream: writable instanceof FileSystemWritableFileStream }
  })
  expect({ text, isStream }).toEqual({ text: 'one two three four five', isStream: true })
})

type Step = ['write', string | WriteCommand] | ['seek' | 'truncate', number]

/** Ways to write `AAAAABBBBB`. */
const ways: [string, Step[]][] = [
  [
    'over what was written, after seek()',
    [
      ['write', 'AAAAAXXXXX'],
      ['seek', 5],
      ['write', 'BBBBB'],
    ],
  ],
  [
    'in the middle, with a command that has a position',
    [
      ['write', 'AXXXXBBBBB'],
      ['write', { type: 'write', position: 1, data: 'AAAA' }],
    ],
  ],
  [
    'too much, cut off by truncate()',
    [
      ['write', 'AAAAABBBBB and more'],
      ['truncate', 10],
    ],
  ],
  [
    'behind the end, where truncate() had left the position',
    [
      ['write', 'AAAAA and more'],
      ['write', { type: 'truncate', size: 5 }],
      ['write', 'BBBBB'],
    ],
  ],
  [
    'from the end to the start, over the zeros in between',
    [
      ['write', { type: 'seek', position: 5 }],
      ['write', 'BBBBB'],
      ['seek', 0],
      ['write', 'AAAAA'],
    ],
  ],
  [
    'into zeros that truncate() has made',
    [
      ['truncate', 10],
      ['write', 'AAAAABBBBB'],
    ],
  ],
]

test.each(ways)('a file is written %s', async (_, steps) => {
  const text = await page.evaluate(async (steps) => {
    const writable = await (await handleOf('AAAAABBBBB', { create: true })).createWritable()
    for (const [method, value] of steps) await writable[method](value as never)
    await writable.close()
    return read('AAAAABBBBB')
  }, steps)
  expect(text).toBe('AAAAABBBBB')
})

test('a gap is filled with zeros', async () => {
  const text = await page.evaluate(async () => {
    const writable = await (await handleOf('A\0\0B', { create: true })).createWritable()
    await writable.write('A')
    await writable.seek(3)
    await writable.write('B')
    await writable.close()
    return read('A\0\0B')
  })
  expect(text).toBe('A\0\0B')
})

test('a pipe whose bytes do not have the hash fails as close() does', async () => {
  const observed = await page.evaluate(async () => {
    const writable = await (await handleOf('bytes', { create: true })).createWritable()
    return observe(() => new Blob(['other bytes']).stream().pipeTo(writable))
  })
  expect(observed).toEqual({ how: 'rejected', what: 'DataError', isDOMException: true })
  expect(pages.host.entries()).toEqual([])
})

test('a stream starts empty, whatever is stored and whatever its options say', async () => {
  const [unwritten, written] = await page.evaluate(async () => {
    await write('bytes')
    const handle = await handleOf('bytes', { create: true })
    const unwritten = await handle.createWritable({ keepExistingData: true })
    const written = await handle.createWritable({ keepExistingData: true })
    await written.write('bytes')
    return [await observe(() => unwritten.close()), await observe(() => written.close())] as const
  })
  expect(unwritten).toEqual({ how: 'rejected', what: 'DataError', isDOMException: true })
  expect(written).toMatchObject({ how: 'returned' })
})

test('abort() stores nothing, and the stream is over', async () => {
  const observed = await page.evaluate(async () => {
    const writable = await (await handleOf('bytes', { create: true })).createWritable()
    await writable.write('bytes')
    await writable.abort()
    return [await observe(() => writable.close()), await read('bytes')]
  })
  expect(observed).toMatchObject([{ how: 'rejected' }, 'NotFoundError'])
})

test.each([{ type: 'seek' }, { type: 'truncate', size: -1 }, { type: 'write' }, { type: 'erase' }, 7])(
  'write(%j) is a TypeError',
  async (chunk) => {
    const observed = await page.evaluate(async (chunk) => {
      const writable = await (await handleOf('bytes', { create: true })).createWritable()
      return observe(() => writable.write(chunk as never))
    }, chunk)
    expect(observed).toEqual({ how: 'rejected', what: 'TypeError', isDOMException: false })
  },
)

test('more than 4 GiB are too many', async () => {
  const observed = await page.evaluate(async () => {
    const writable = await (await handleOf('bytes', { create: true })).createWritable()
    return observe(() => writable.truncate(4 * 2 ** 30 + 1))
  })
  expect(observed).toMatchObject({ how: 'rejected', what: 'QuotaExceededError' })
})
