import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestPages, type TestPages } from './testing/test-pages.ts'

const specification = 'https://wicg.github.io/cross-origin-storage/'

let pages: TestPages
let page: Page
beforeAll(async () => {
  pages = await startTestPages()
  page = await pages.open(`localhost:${pages.ports[0]}`)
})
beforeEach(() => pages.host.clear())
afterAll(() => pages.close())

const createAndRead = `${specification}#creating-and-writing-files`

describe(`the way of a file: ${createAndRead}`, () => {
  test.each([undefined, {}, { create: false }])(
    'with %j, a file that nobody stored is not found',
    async (options) => {
      const observed = await page.evaluate(
        (options) => observe(() => handleOf('nobody has this', options as object)),
        options,
      )
      expect(observed).toEqual({ how: 'rejected', what: 'NotFoundError', isDOMException: true })
    },
  )

  test('what is stored comes back as it was, as a file of no type under its hash', async () => {
    const file = await page.evaluate(async () => {
      await write('bytes')
      const handle = await handleOf('bytes')
      const file = await handle.getFile()
      const { value } = await hashOf('bytes')
      const { name, type, size } = file
      return { named: name === value, type, size, isFile: file instanceof File, text: await file.text() }
    })
    expect(file).toEqual({ named: true, type: '', size: 5, isFile: true, text: 'bytes' })
  })

  test('a handle to write registers nothing: nobody can tell until the bytes have verified', async () => {
    const observed = await page.evaluate(async () => {
      const abandoned = await handleOf('bytes', { create: true })
      const handle = await handleOf('bytes', { create: true })
      const before = await observe(() => handleOf('bytes'))
      const writable = await handle.createWritable()
      await writable.write('bytes')
      const during = await observe(() => handleOf('bytes'))
      await writable.close()
      return [abandoned.kind, before.what, during.what, await read('bytes')]
    })
    expect(observed).toEqual(['file', 'NotFoundError', 'NotFoundError', 'bytes'])
  })

  test('a handle to write reads after its own write, and only then', async () => {
    const observed = await page.evaluate(async () => {
      const handle = await handleOf('bytes', { create: true })
      const other = await handleOf('bytes', { create: true })
      const before = await observe(() => handle.getFile())
      const writable = await handle.createWritable()
      await writable.write('bytes')
      await writable.close()
      const unwritten = await observe(() => other.getFile())
      return [before, unwritten, await (await handle.getFile()).text()]
    })
    const refused = { how: 'rejected', what: 'NotAllowedError', isDOMException: true }
    expect(observed).toEqual([refused, refused, 'bytes'])
  })

  test('a handle to read does not write', async () => {
    const observed = await page.evaluate(async () => {
      await write('bytes')
      const handle = await handleOf('bytes')
      return observe(() => handle.createWritable())
    })
    expect(observed).toEqual({ how: 'rejected', what: 'NotAllowedError', isDOMException: true })
  })

  test('bytes that do not have the hash are refused on close(), leave nothing, and the hash can be used again', async () => {
    const result = await page.evaluate(async () => [
      await write('other bytes', '*', await hashOf('bytes')),
      await read('bytes'),
      await write('bytes'),
      await read('bytes'),
    ])
    expect(result).toEqual(['DataError', 'NotFoundError', 'stored', 'bytes'])
  })

  test('of two writers at the same time, one that fails does not disturb the other', async () => {
    const results = await page.evaluate(async () => {
      const wrong = await (await handleOf('bytes', { create: true })).createWritable()
      const right = await (await handleOf('bytes', { create: true })).createWritable()
      await Promise.all([wrong.write('other bytes'), right.write('bytes')])
      const settled = await Promise.allSettled([wrong.close(), right.close()])
      return [...settled.map(({ status }) => status), await read('bytes')]
    })
    expect(results).toEqual(['rejected', 'fulfilled', 'bytes'])
  })

  test('the same bytes can be written again, and a handle to write is had for a file that exists', async () => {
    const results = await page.evaluate(async () => [
      await write('bytes'),
      await write('bytes'),
      (await handleOf('bytes', { create: true })) instanceof FileSystemFileHandle,
      await read('bytes'),
    ])
    expect(results).toEqual(['stored', 'stored', true, 'bytes'])
  })
})

test('the API has the shape of the specification', async () => {
  const shape = await page.evaluate(() => {
    const { get } = Object.getOwnPropertyDescriptor(Navigator.prototype, 'crossOriginStorage') ?? {}
    const manager = navigator.crossOriginStorage
    return {
      own: Object.hasOwn(navigator, 'crossOriginStorage'),
      accessor: typeof get,
      same: manager === navigator.crossOriginStorage,
      name: manager.constructor.name,
      methods: Object.getOwnPropertyNames(Object.getPrototypeOf(manager)),
    }
  })
  expect(shape).toEqual({
    own: false,
    accessor: 'function',
    same: true,
    name: 'CrossOriginStorageManager',
    methods: ['constructor', 'getFileHandle'],
  })
  expect(
    await page.evaluate(() => observe(() => Reflect.construct(navigator.crossOriginStorage.constructor, []))),
  ).toMatchObject({
    how: 'threw',
    what: 'TypeError',
  })
})

test('many files stored at the same time are all there', async () => {
  const stored = await page.evaluate(() =>
    Promise.all(Array.from({ length: 24 }, (_, index) => write(`file ${index}`))),
  )
  expect(new Set(stored)).toEqual(new Set(['stored']))
  expect(pages.host.entries()).toHaveLength(24)
})

test('an insecure page gets nothing', async () => {
  const insecure = await pages.open(`insecure.test:${pages.ports[0]}`)
  expect(await insecure.evaluate(() => [isSecureContext, 'crossOriginStorage' in navigator])).toEqual([
    false,
    false,
  ])
})

test('a cross-origin isolated page can use it', async () => {
  const isolated = await pages.open(`localhost:${pages.ports[0]}`, '/isolated')
  expect(await isolated.evaluate(() => crossOriginIsolated)).toBe(true)
  expect(await isolated.evaluate(async () => [await write('bytes'), await read('bytes')])).toEqual([
    'stored',
    'bytes',
  ])
})

test("the host's own pages can use it", async () => {
  const own = await pages.context.newPage()
  await own.goto(`${pages.host.url}/entries`)
  await own.addScriptTag({ url: pages.host.scriptUrl })
  const status = await own.evaluate(() =>
    navigator.crossOriginStorage
      .getFileHandle({ algorithm: 'SHA-256', value: '0'.repeat(64) })
      .catch((error: Error) => error.name),
  )
  expect(status).toBe('NotFoundError')
})

test('calls of the host do not go through a fetch that the page has replaced, and leave no error in the console', async () => {
  const counting = await pages.open(`localhost:${pages.ports[0]}`)
  const errors: string[] = []
  counting.on('console', (message) => errors.push(message.text()))
  const result = await counting.evaluate(async () => {
    globalThis.fetch = () => Promise.reject(new Error('The page replaced fetch.'))
    return [await read('bytes'), await write('bytes'), await read('bytes')]
  })
  expect(result).toEqual(['NotFoundError', 'stored', 'bytes'])
  expect(errors).toEqual([])
})

test('a host that is gone is a NetworkError that says so', async () => {
  const lonely = await startTestPages()
  const orphan = await lonely.open(`localhost:${lonely.ports[0]}`)
  await lonely.host.close()
  expect(await orphan.evaluate(() => read('bytes'))).toBe('NetworkError')
  await lonely.close()
})
