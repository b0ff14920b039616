import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { errorNames, steps, type ErrorName, type Fault, type Step } from './faults.ts'
import type { Observation } from './testing/page-helpers.ts'
import { startTestPages, type TestPages } from './testing/test-pages.ts'

const content = 'the bytes of a file'

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

/** Goes the whole way up to a step without a fault, then takes the step with it. */
async function take(step: Step, fault: Fault, patience?: number): Promise<Observation> {
  return page.evaluate(
    async ({ step, fault, content, patience }) => {
      crossOriginStorageFaults = {}
      await write(content)
      const hash = await hashOf(content)
      const request = (options?: object) => navigator.crossOriginStorage.getFileHandle(hash, options)
      const reading = await request()
      const writing = await request({ create: true })
      const writable = (await writing.createWritable()) as FileSystemWritableFileStream
      if (step === 'close') await writable.write(content)
      crossOriginStorageFaults = { [step]: fault }
      const file = step === 'read' ? await reading.getFile() : undefined
      const takeStep = {
        detect: () => navigator.crossOriginStorage,
        lookup: () => request(),
        getFile: () => reading.getFile(),
        read: () => file?.arrayBuffer(),
        create: () => request({ create: true }),
        createWritable: () => writing.createWritable(),
        write: () => writable.write(content),
        close: () => writable.close(),
      }
      return observe(takeStep[step], patience)
    },
    { step, fault, content, patience },
  )
}

/** How an error of that name looks to the page. */
function seen(name: ErrorName): Omit<Observation, 'how'> {
  const plain = name === 'TypeError' || name === 'undefined'
  return { what: name.replace(':interface', ''), isDOMException: !plain }
}

const asynchronous = steps.filter((step) => step !== 'detect')

describe.each(steps)('%s', (step) => {
  test.each(errorNames)('throws %s synchronously', async (name) => {
    expect(await take(step, { throw: name })).toEqual({ how: 'threw', ...seen(name) })
  })
})

describe.each(asynchronous)('%s', (step) => {
  test.each(errorNames)('rejects with %s', async (name) => {
    expect(await take(step, { reject: name })).toEqual({ how: 'rejected', ...seen(name) })
  })

  test('never settles', async () => {
    expect(await take(step, { hang: true }, 100)).toEqual({ how: 'pending', what: '' })
  })

  test('rejects after a delay, and not before', async () => {
    expect(await take(step, { reject: 'AbortError', delay: 10_000 }, 100)).toEqual({
      how: 'pending',
      what: '',
    })
    expect(await take(step, { reject: 'AbortError', delay: 10 })).toMatchObject({
      how: 'rejected',
      what: 'AbortError',
    })
  })
})

describe.each(['lookup', 'getFile', 'read', 'create', 'createWritable', 'detect'] as const)('%s', (step) => {
  test.each(['undefined', null, [], {}])('resolves to %j', async (value) => {
    const what = value === 'undefined' ? value : JSON.stringify(value)
    expect(await take(step, { resolve: value })).toEqual({ how: 'returned', what })
  })
})

test.each(['write', 'close'] as const)('%s says it is done and has done nothing', async (step) => {
  expect(await take(step, { resolve: 'undefined' })).toEqual({ how: 'returned', what: 'undefined' })
})

test('a close that fails has stored nothing', async () => {
  const result = await page.evaluate(() => {
    crossOriginStorageFaults = { close: { reject: 'QuotaExceededError' } }
    return write('bytes')
  })
  expect(result).toBe('QuotaExceededError')
  expect(pages.host.entries()).toEqual([])
})

test('both kinds of QuotaExceededError are as the browser makes them', async () => {
  const kinds = await page.evaluate(async () => {
    const kinds: string[] = []
    for (const reject of ['QuotaExceededError', 'QuotaExceededError:interface'] as const) {
      crossOriginStorageFaults = { create: { reject } }
      const hash = await hashOf('bytes')
      await navigator.crossOriginStorage
        .getFileHandle(hash, { create: true })
        .catch((error: Error) => kinds.push(error.constructor.name))
    }
    return { kinds, newer: 'QuotaExceededError' in globalThis }
  })
  expect(kinds.kinds).toEqual(['DOMException', kinds.newer ? 'QuotaExceededError' : 'DOMException'])
})

test('a delay alone delays, and the step succeeds', async () => {
  const done = await page.evaluate(async () => {
    await write('bytes')
    const done: string[] = []
    crossOriginStorageFaults = { lookup: { delay: 60 } }
    const timer = new Promise((resolve) => setTimeout(resolve, 50)).then(() => done.push('a shorter timer'))
    done.push(await read('bytes'))
    await timer
    return done
  })
  expect(done).toEqual(['a shorter timer', 'bytes'])
})

describe('faults are set', () => {
  const missing = { lookup: { reject: 'InvalidStateError' } } as const
  const observedLookup = (page: Page) => page.evaluate(() => read('bytes'))

  test("in the script's URL", async () => {
    const faulty = await pages.open(`localhost:${pages.ports[0]}`, `/?faults=${JSON.stringify(missing)}`)
    expect(await observedLookup(faulty)).toBe('InvalidStateError')
  })

  test('by the page before the script runs', async () => {
    const faulty = await pages.context.newPage()
    await faulty.addInitScript((faults) => (globalThis.crossOriginStorageFaults = faults), missing)
    await faulty.goto(`http://localhost:${pages.ports[0]}/`)
    expect(await observedLookup(faulty)).toBe('InvalidStateError')
  })

  test('and taken back at any time', async () => {
    await page.evaluate((faults) => (crossOriginStorageFaults = faults), missing)
    expect(await observedLookup(page)).toBe('InvalidStateError')
    await page.evaluate(() => (crossOriginStorageFaults = {}))
    expect(await observedLookup(page)).toBe('NotFoundError')
  })

  test('never with a typing error', async () => {
    const observed = await page.evaluate(() =>
      observe(() => Object.assign(globalThis, { crossOriginStorageFaults: { lokup: {} } })),
    )
    expect(observed).toMatchObject({ how: 'threw', what: 'TypeError' })
  })
})

test('planted bytes are read under the hash of others', async () => {
  const { value } = await page.evaluate(() => hashOf('bytes'))
  await pages.host.plant(value, new TextEncoder().encode('malice'))
  expect(await page.evaluate(() => read('bytes'))).toBe('malice')

  expect(await page.evaluate(() => write('bytes'))).toBe('stored')
  expect(await page.evaluate(() => read('bytes'))).toBe('bytes')
})
