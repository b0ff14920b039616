import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startTestPages, type TestPages } from './test-pages.ts'

let pages: TestPages
let page: Page
beforeAll(async () => {
  pages = await startTestPages(['--host-resolver-rules=MAP insecure.test 127.0.0.1'])
  page = await pages.open(`localhost:${pages.ports[0]}`)
})
beforeEach(() => pages.host.clear())
afterAll(() => pages.close())

test('what is stored comes back with its bytes, media type and size', async () => {
  const file = await page.evaluate(async () => {
    await write('bytes', undefined, 'application/wasm')
    const handle = await navigator.crossOriginStorage.getFileHandle(await hashOf('bytes'))
    const { name, type, size } = await handle.getFile()
    return { kind: handle.kind, named: name === handle.name, type, size }
  })
  expect(file).toEqual({ kind: 'file', named: true, type: 'application/wasm', size: 5 })
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
    methods: ['constructor', 'getFileHandle', 'requestFileHandle'],
  })
  expect(
    await page.evaluate(() => observe(() => Reflect.construct(navigator.crossOriginStorage.constructor, []))),
  ).toMatchObject({
    how: 'threw',
    what: 'TypeError',
  })
})

test('bytes that do not have the hash are refused on close() and not stored', async () => {
  const result = await page.evaluate(async () => write('other bytes', '*', '', await hashOf('bytes')))
  expect(result).toBe('DataError')
  expect(pages.host.entries()).toEqual([])
})

test('an unwritten file is the empty one', async () => {
  const closed = await page.evaluate(async () => {
    const handle = await navigator.crossOriginStorage.getFileHandle(await hashOf('bytes'), {
      create: true,
    })
    const writable = await handle.createWritable()
    return observe(() => writable.close())
  })
  expect(closed).toMatchObject({ how: 'rejected', what: 'DataError', isDOMException: true })
})

test('write() takes text, bytes, blobs and commands, and the stream is a WritableStream', async () => {
  const read = await page.evaluate(async () => {
    const hash = await hashOf('one two three four five')
    const handle = await navigator.crossOriginStorage.getFileHandle(hash, { create: true })
    const writable = (await handle.createWritable()) as FileSystemWritableFileStream
    const bytes = new TextEncoder().encode('two ')
    await writable.write('one ')
    await writable.write(bytes)
    bytes.fill(0)
    await writable.write(new TextEncoder().encode('three ').buffer)
    await writable.write({ type: 'write', data: new Blob(['four ']) })
    await new Blob(['five']).stream().pipeTo(writable)
    return globalThis.read('one two three four five')
  })
  expect(read).toBe('one two three four five')
})

test('seek and truncate are refused, and abort() stores nothing', async () => {
  const observed = await page.evaluate(async () => {
    const hash = await hashOf('bytes')
    const open = async () => {
      const handle = await navigator.crossOriginStorage.getFileHandle(hash, { create: true })
      return (await handle.createWritable()) as FileSystemWritableFileStream
    }
    const seeking = await open()
    const aborted = await open()
    await aborted.write('bytes')
    await aborted.abort()
    return [
      await observe(() => seeking.write({ type: 'seek', position: 1 })),
      await observe(() => aborted.close()),
    ]
  })
  expect(observed).toMatchObject([{ how: 'rejected', what: 'TypeError' }, { how: 'rejected' }])
  expect(pages.host.entries()).toEqual([])
})

test('a handle to write cannot read, and a handle to read cannot write', async () => {
  const observed = await page.evaluate(async () => {
    await write('bytes')
    const hash = await hashOf('bytes')
    const writing = await navigator.crossOriginStorage.getFileHandle(hash, { create: true })
    const reading = await navigator.crossOriginStorage.getFileHandle(hash)
    return [await observe(() => writing.getFile()), await observe(() => reading.createWritable())]
  })
  const refused = { how: 'rejected', what: 'NotAllowedError', isDOMException: true }
  expect(observed).toEqual([refused, refused])
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
