import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { ByteFault, Fault, Faults } from './faults.ts'
import { startTestPages, type TestPages } from './testing/test-pages.ts'

let pages: TestPages
let page: Page
beforeAll(async () => {
  pages = await startTestPages()
  page = await pages.open(`localhost:${pages.ports[0]}`)
})
afterEach(async () => {
  await page.evaluate(() => (crossOriginStorageFaults = {}))
  await pages.host.clear()
})
afterAll(() => pages.close())

/** The text of a file of `0123456789` after damage, as `getFile` and its reader see it. */
const damage: [ByteFault, string][] = [
  ['truncate', '01234'],
  ['extend', '0123456789\0'],
  ['flip', '0123446789'],
  ['replace', '**********'],
  ['empty', ''],
]

test.each(damage)('getFile gives a file that is damaged: %s', async (bytes, text) => {
  const file = await readDamaged({ getFile: { bytes } })
  // A Response reads the file itself, past its methods.
  expect(file).toEqual({
    size: text.length,
    type: '',
    buffer: text,
    stream: text,
    text,
    response: text,
  })
})

test.each(damage)('reading gives damaged bytes of a file that looks right: %s', async (bytes, text) => {
  const file = await readDamaged({ read: { bytes } })
  expect(file).toMatchObject({ size: 10, type: '', buffer: text, stream: text, text })
})

test.each(['application/wasm', 'text/html'])('getFile gives a file of type "%s"', async (type) => {
  const file = await readDamaged({ getFile: { type } })
  expect(file).toMatchObject({ size: 10, type, buffer: '0123456789' })
})

async function readDamaged(faults: Faults) {
  return page.evaluate(async (faults) => {
    await write('0123456789')
    crossOriginStorageFaults = faults
    const handle = await navigator.crossOriginStorage.getFileHandle(await hashOf('0123456789'))
    const file = await handle.getFile()
    return {
      size: file.size,
      type: file.type,
      buffer: new TextDecoder().decode(await file.arrayBuffer()),
      stream: await new Response(file.stream()).text(),
      text: await file.text(),
      response: await new Response(file).text(),
    }
  }, faults)
}

test.each<[Fault, string]>([
  [{ throw: 'NotReadableError' }, 'threw'],
  [{ reject: 'NotReadableError' }, 'rejected'],
  [{ hang: true }, 'pending'],
])('a stream of the file fails as well: %j', async (fault, how) => {
  const patience = how === 'pending' ? 100 : undefined
  const observed = await page.evaluate(
    async ({ fault, patience }) => {
      await write('bytes')
      crossOriginStorageFaults = { read: fault }
      const handle = await navigator.crossOriginStorage.getFileHandle(await hashOf('bytes'))
      const file = await handle.getFile()
      return observe(() => file.stream().getReader().read(), patience)
    },
    { fault, patience },
  )
  expect(observed.how).toBe(how)
})

test.each(damage)('what is written damaged does not have its hash: %s', async (bytes) => {
  const result = await page.evaluate((bytes) => {
    crossOriginStorageFaults = { write: { bytes } }
    return write('0123456789')
  }, bytes)
  expect(result).toBe('DataError')
  expect(pages.host.entries()).toEqual([])
})
