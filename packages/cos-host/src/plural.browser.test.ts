import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestPages, type TestPages } from './test-pages.ts'

let pages: TestPages
beforeAll(async () => {
  pages = await startTestPages()
})
afterAll(() => pages.close())

describe('the API of the first draft', () => {
  test('has the plural method only, and answers with a list', async () => {
    const plural = await pages.open(`localhost:${pages.ports[0]}`, '/?api=plural')
    const observed = await plural.evaluate(async () => {
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
      return { singular: 'requestFileHandle' in cos, missing: missing.what, texts, notAList }
    })
    expect(observed).toEqual({
      singular: false,
      missing: 'NotFoundError',
      texts: ['one', 'two'],
      notAList: { how: 'rejected', what: 'TypeError', isDOMException: false },
    })
  })

  test('can stand beside the singular one', async () => {
    const both = await pages.open(`localhost:${pages.ports[0]}`, '/?api=both')
    expect(await both.evaluate(() => 'requestFileHandles' in navigator.crossOriginStorage)).toBe(true)
    expect(await both.evaluate(() => write('bytes'))).toBe('stored')
  })
})
