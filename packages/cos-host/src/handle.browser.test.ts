import type { Worker } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestPages, type TestPages } from './testing/test-pages.ts'

// A handle is a FileSystemFileHandle, as far as that means anything for a file without name or folder:
// https://wicg.github.io/cross-origin-storage/#cos-file-system

let pages: TestPages
let realms: Record<'window' | 'worker', Pick<Worker, 'evaluate'>>
beforeAll(async () => {
  pages = await startTestPages()
  const page = await pages.open(`localhost:${pages.ports[0]}`)
  const started = page.waitForEvent('worker')
  await page.evaluate(() => ask(new Worker('/classic.js'), 'started'))
  realms = { window: page, worker: await started }
})
afterAll(() => pages.close())

/** What a handle of the file `bytes` says of itself, and what it does. */
async function look() {
  await write('bytes')
  const [handle, same, writing] = [
    await handleOf('bytes'),
    await handleOf('bytes'),
    await handleOf('bytes', { create: true }),
  ]
  await write('others')
  const others = await handleOf('others')
  const surface = handle as FileSystemFileHandle & {
    move(name: string): Promise<void>
    remove(): Promise<void>
    createSyncAccessHandle?(): Promise<unknown>
    queryPermission(options?: object): Promise<string>
    requestPermission(options?: object): Promise<string>
  }
  const { value } = await hashOf('bytes')
  return {
    kind: handle.kind,
    named: handle.name === value,
    instance: [handle instanceof FileSystemFileHandle, handle instanceof FileSystemHandle, String(handle)],
    same: [
      await handle.isSameEntry(handle),
      await handle.isSameEntry(same),
      await handle.isSameEntry(writing),
      await handle.isSameEntry(others),
    ],
    foreign: await observe(() => handle.isSameEntry({} as FileSystemHandle)),
    refused: [
      (await observe(() => surface.move('name'))).what,
      (await observe(() => surface.remove())).what,
      surface.createSyncAccessHandle && (await observe(() => surface.createSyncAccessHandle!())).what,
    ],
    permissions: [
      await surface.queryPermission(),
      await surface.requestPermission({ mode: 'read' }),
      await surface.queryPermission({ mode: 'readwrite' }),
      await surface.requestPermission({ mode: 'readwrite' }),
      await (writing as typeof surface).queryPermission({ mode: 'readwrite' }),
    ],
    after: await read('bytes'),
  }
}

describe.each(['window', 'worker'] as const)('in a %s', (realm) => {
  test('a handle is what it can be, and refuses what it cannot', async () => {
    expect(await realms[realm].evaluate(look)).toEqual({
      kind: 'file',
      named: true,
      instance: [true, true, '[object FileSystemFileHandle]'],
      same: [true, true, true, false],
      foreign: { how: 'rejected', what: 'TypeError', isDOMException: false },
      refused: ['NotAllowedError', 'NotAllowedError', realm === 'worker' ? 'InvalidStateError' : undefined],
      permissions: ['granted', 'granted', 'denied', 'denied', 'granted'],
      after: 'bytes',
    })
  })
})
