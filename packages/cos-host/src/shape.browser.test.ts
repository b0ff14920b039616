import { afterAll, beforeAll, expect, test } from 'vitest'
import { startCosHost } from './host.ts'
import { startTestPages, type TestPages } from './testing/test-pages.ts'

let pages: TestPages
beforeAll(async () => {
  pages = await startTestPages()
})
afterAll(() => pages.close())

/** How the API looks to a page or a worker that asks whether it is the browser's own. */
function look() {
  const { crossOriginStorage: manager } = navigator
  const owner = Object.getPrototypeOf(navigator) as object
  const { get } = Object.getOwnPropertyDescriptor(owner, 'crossOriginStorage')!
  const { toString } = Function.prototype
  const asNative = (name: string) => toString.call(URL).replace('URL', name)
  const prints = (value: unknown, name: string) => toString.call(value) === asNative(name)
  return {
    own: Object.hasOwn(navigator, 'crossOriginStorage'),
    tag: String(manager),
    instance: manager instanceof CrossOriginStorageManager,
    methods: Object.keys(Object.getPrototypeOf(manager) as object),
    expects: manager.getFileHandle?.length,
    native: {
      getter: prints(get, 'get crossOriginStorage'),
      class: prints(CrossOriginStorageManager, 'CrossOriginStorageManager'),
      method: prints(manager.getFileHandle, 'getFileHandle'),
      toString: prints(toString, 'toString'),
    },
    others: [toString.call(look).startsWith('function look'), prints(fetch, 'fetch')],
  }
}

const shape = {
  own: false,
  tag: '[object CrossOriginStorageManager]',
  instance: true,
  methods: ['getFileHandle'],
  expects: 1,
  others: [true, true],
}

test('by default, the API is not mistaken for the browser’s own', async () => {
  const page = await pages.open(`localhost:${pages.ports[0]}`, '/?methods=getFileHandle')
  const native = { getter: false, class: false, method: false, toString: true }
  expect(await page.evaluate(look)).toEqual({ ...shape, native })
})

const native = { getter: true, class: true, method: true, toString: true }

test('on request, it is', async () => {
  const page = await pages.open(`localhost:${pages.ports[0]}`, '/?methods=getFileHandle&native')
  expect(await page.evaluate(look)).toEqual({ ...shape, native })
  expect(await page.evaluate(async () => [await write('page'), await read('page')])).toEqual([
    'stored',
    'page',
  ])
})

test('on request, it is in a worker too', async () => {
  const page = await pages.open(`localhost:${pages.ports[0]}`, '/bare')
  const started = page.waitForEvent('worker')
  const answer = await page.evaluate(() =>
    ask(new Worker('/classic.js?methods=getFileHandle&native'), 'worker'),
  )
  expect(answer).toEqual(['stored', 'worker'])
  expect(await (await started).evaluate(look)).toEqual({ ...shape, native })
})

test('a page that has only the method of the second draft', async () => {
  const page = await pages.open(`localhost:${pages.ports[0]}`, '/?methods=requestFileHandle')
  const observed = await page.evaluate(async () => {
    const { crossOriginStorage: cos } = navigator
    const missing = await observe(() =>
      cos.requestFileHandle({ algorithm: 'SHA-256', value: '0'.repeat(64) }),
    )
    return { methods: Object.keys(Object.getPrototypeOf(cos) as object), missing: missing.what }
  })
  expect(observed).toEqual({ methods: ['requestFileHandle'], missing: 'NotFoundError' })
})

test('a page that has only the method of the first draft, which answers with a list', async () => {
  const page = await pages.open(`localhost:${pages.ports[0]}`, '/?methods=requestFileHandles')
  const observed = await page.evaluate(async () => {
    const cos = navigator.crossOriginStorage
    const hashes = [await hashOf('one'), await hashOf('two')]
    const missing = await observe(() => cos.requestFileHandles(hashes))
    const writing = await cos.requestFileHandles(hashes, { create: true })
    for (const [index, text] of ['one', 'two'].entries()) {
      const writable = (await writing[index]?.createWritable()) as FileSystemWritableFileStream
      await writable.write(text)
      await writable.close()
    }
    const reading = await cos.requestFileHandles(hashes)
    const texts = await Promise.all(reading.map(async (handle) => (await handle.getFile()).text()))
    const notAList = await observe(() => cos.requestFileHandles(hashes[0]))
    const methods = Object.keys(Object.getPrototypeOf(cos) as object)
    return { methods, missing: missing.what, texts, notAList }
  })
  expect(observed).toEqual({
    methods: ['requestFileHandles'],
    missing: 'NotFoundError',
    texts: ['one', 'two'],
    notAList: { how: 'rejected', what: 'TypeError', isDOMException: false },
  })
})

test('a host gives every page the shape that it was started with', async () => {
  const host = await startCosHost({ methods: ['requestFileHandle', 'getFileHandle'], native: true })
  const page = await pages.open(`localhost:${pages.ports[0]}`, '/bare')
  await page.addScriptTag({ url: host.scriptUrl })
  expect(await page.evaluate(() => String(navigator.crossOriginStorage.getFileHandle))).toContain(
    '[native code]',
  )
  expect(await page.evaluate(() => Object.keys(CrossOriginStorageManager.prototype))).toEqual([
    'getFileHandle',
    'requestFileHandle',
  ])
  await host.close()
  await expect(startCosHost({ methods: [] })).rejects.toThrow('"methods" is empty')
})
