import { createServer } from 'node:http'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { startCosHost } from '@wasm-cos/cos-host'
import { chromiumArgs, ensureChromium } from '@wasm-cos/harness/chromium'
import { chromium } from 'playwright-core'

// How long real lookups take: what the default of `lookupTimeout` is chosen from. `COS_EXTENSION_PATH` names the
// unpacked extension; without it only the COS host is measured. Options: the number of cold starts (8).

const starts = Number(process.argv[2] ?? 8)
const sizes = { '0.7 MB': 0.7e6, '7 MB': 7e6, '32 MB': 32e6 }
const executablePath = ensureChromium()

/**
 * Implementations: each opens a visitor of its own.
 *
 * @type {Record<string, () => Promise<{ context: import('playwright-core').BrowserContext, script: string, close: () => Promise<unknown> }>>}
 */
const implementations = {
  'COS host': async () => {
    const host = await startCosHost()
    const browser = await chromium.launch({ executablePath, args: chromiumArgs })
    const close = () => Promise.all([browser.close(), host.close()])
    return { context: await browser.newContext(), script: `<script src="${host.scriptUrl}"></script>`, close }
  },
}
const extension = process.env.COS_EXTENSION_PATH
if (extension) {
  implementations.extension = async () => {
    const profile = await mkdtemp(join(tmpdir(), 'wasm-cos-lookups-'))
    const context = await chromium.launchPersistentContext(profile, {
      executablePath,
      headless: false,
      ignoreDefaultArgs: ['--disable-extensions'],
      args: [
        ...chromiumArgs,
        '--headless=new',
        `--disable-extensions-except=${extension}`,
        `--load-extension=${extension}`,
      ],
    })
    if (context.serviceWorkers().length === 0) await context.waitForEvent('serviceworker')
    const close = async () => {
      await context.close()
      await rm(profile, { recursive: true, force: true, maxRetries: 20 })
    }
    return { context, script: '', close }
  }
}

/** Runs in the page. */
const inPage = `
const cos = navigator.crossOriginStorage
const method = ['getFileHandle', 'requestFileHandle', 'requestFileHandles'].find((name) => typeof cos[name] == 'function')
const ask = async (hash, options) =>
  method == 'requestFileHandles' ? (await cos[method]([hash], options))[0] : cos[method](hash, options)
const hashOf = async (bytes) => ({
  algorithm: 'SHA-256',
  value: [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))].map((b) => b.toString(16).padStart(2, '0')).join(''),
})
const time = async (work) => {
  const start = performance.now()
  let value
  try { value = await work() } catch {}
  return [performance.now() - start, value]
}
const none = (i) => ({ algorithm: 'SHA-256', value: i.toString(16).padStart(64, '0') })
const first = async () => [(await time(() => ask(none(1))))[0]]
async function measure(sizes) {
  const results = { 'first lookup, while the page loads': await cold, 'miss': [], 'hit': [], 'six at once': [] }
  for (let i = 2; i < 12; i++) results.miss.push((await time(() => ask(none(i))))[0])
  results['six at once'] = (await Promise.all([1, 2, 3, 4, 5, 6].map((i) => time(() => ask(none(i)))))).map(([ms]) => ms)
  for (const [name, size] of sizes) {
    const bytes = new Uint8Array(size)
    for (let at = 0; at < size; at += 65536) crypto.getRandomValues(bytes.subarray(at, at + 65536))
    const hash = await hashOf(bytes)
    const [write] = await time(async () => {
      const writable = await (await ask(hash, { create: true, origins: '*' })).createWritable()
      await writable.write(new Blob([bytes], { type: 'application/wasm' }))
      await writable.close()
    })
    results['store ' + name] = [write]
    results['getFile and read ' + name] = []
    for (let i = 0; i < 3; i++) {
      const [lookup, handle] = await time(() => ask(hash))
      const [read] = await time(async () => (await handle.getFile()).arrayBuffer())
      results.hit.push(lookup)
      results['getFile and read ' + name].push(read)
    }
  }
  return results
}`

/** @type {Record<string, number[]>} Milliseconds by what was measured. */
const measured = {}
for (const [name, open] of Object.entries(implementations)) {
  for (let start = 0; start < starts; start++) await visit(name, open)
}

console.log(`load average ${loadavg()[0]?.toFixed(1)}; milliseconds`)
console.log(`${''.padEnd(44)}${['n', 'median', 'p95', 'max'].map((title) => title.padStart(8)).join('')}`)
for (const [name, values] of Object.entries(measured)) {
  values.sort((a, b) => a - b)
  const at = (/** @type {number} */ part) =>
    values[Math.min(values.length - 1, Math.floor(values.length * part))] ?? 0
  const row = [values.length, ...[at(0.5), at(0.95), at(1)].map((value) => value.toFixed(1))]
  console.log(`${name.padEnd(44)}${row.map((value) => String(value).padStart(8)).join('')}`)
}

/**
 * One visitor: a first lookup while the page loads, then more on a page that is there.
 *
 * @param {string} name The implementation's.
 * @param {typeof implementations[string]} open Opens it.
 */
async function visit(name, open) {
  const { context, script, close } = await open()
  const server = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html')
    response.end(`<!doctype html><head>${script}<script>${inPage};var cold = first()</script></head>`)
  }).listen(0, 'localhost')
  await once(server, 'listening')
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
  const page = await context.newPage()
  await page.goto(`http://localhost:${port}/`)
  const results = await page.evaluate(
    (sizes) => Reflect.get(globalThis, 'measure')(Object.entries(sizes)),
    sizes,
  )
  for (const [what, values] of Object.entries(results))
    (measured[`${name}: ${what}`] ??= []).push(.../** @type {number[]} */ (values))
  server.close()
  await close()
}
