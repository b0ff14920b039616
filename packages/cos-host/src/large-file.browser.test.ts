import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { launch } from '@wasm-cos/harness'
import { expect, test } from 'vitest'

const size = 200 * 2 ** 20

/** The built host in a process of its own, which reports its memory at the start and its peak on request. */
const program = `
  import { startCosHost } from ${JSON.stringify(new URL('../dist/index.js', import.meta.url).href)}
  const host = await startCosHost()
  process.on('message', () => process.send({ entries: host.entries(), peak: process.resourceUsage().maxRSS * 1024 }))
  process.send({ url: host.url, scriptUrl: host.scriptUrl, idle: process.memoryUsage.rss() })
`

/** In the page: makes bytes that do not compress or repeat, stores them and compares what comes back. */
async function roundTrip(size: number) {
  const bytes = new Uint32Array(size / 4)
  for (let index = 0, state = 1; index < bytes.length; index++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    bytes[index] = state
  }
  const digest = async (buffer: BufferSource) => {
    const hash = await crypto.subtle.digest('SHA-256', buffer)
    return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('')
  }
  const hash = { algorithm: 'SHA-256', value: await digest(bytes) }
  const writing = await navigator.crossOriginStorage.getFileHandle(hash, { create: true })
  const writable = (await writing.createWritable()) as FileSystemWritableFileStream
  await writable.write(new Blob([bytes]))
  await writable.close()
  const file = await (await navigator.crossOriginStorage.getFileHandle(hash)).getFile()
  return { went: hash.value, came: await digest(await file.arrayBuffer()) }
}

test('200 MB go there and back, and the host holds them once', { timeout: 120_000 }, async () => {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const [host] = await once(child, 'message')
  const browser = await launch()
  const page = await browser.newPage()
  await page.goto(`${host.url}/entries`)
  await page.addScriptTag({ url: host.scriptUrl })

  const { went, came } = await page.evaluate(roundTrip, size)
  const reported = once(child, 'message')
  child.send('report')
  const [{ entries, peak }] = await reported
  await browser.close()
  child.kill()

  expect(came).toBe(went)
  expect(entries).toMatchObject([{ hash: went, size }])
  expect((peak - host.idle) / size).toBeLessThan(1.3)
})
