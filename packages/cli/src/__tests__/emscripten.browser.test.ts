import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startCosHost } from '@wasm-cos/cos-host'
import {
  launch,
  type LinkedByEmscripten,
  linkedByEmscripten,
  linkedByNewerEmscripten,
  serve,
  storageRequests,
  visit,
  withScript,
} from '@wasm-cos/harness'
import { transform } from 'esbuild'
import type { Browser } from 'playwright-core'
import { minify } from 'terser'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeFolder, run } from '../testing/run.ts'

// Emscripten's glue asks Cross-Origin Storage by the name that its method had when the glue was linked.

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser?.close())

const page = `<!doctype html><html><head><meta charset="utf-8"></head><body><p id="result"></p>
<script type="module">import createModule from './glue.mjs'
const module = await createModule()
document.getElementById('result').textContent = module._answer()
document.documentElement.dataset.state = 'done'</script></body></html>`

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

const glues: [string, LinkedByEmscripten, (code: string) => Promise<string> | string][] = [
  ['buffers', linkedByEmscripten(), (code) => code],
  ['buffers, -O3', linkedByEmscripten('optimised'), (code) => code],
  [
    'buffers, minified by terser',
    linkedByEmscripten(),
    async (code) => (await minify(code, { ecma: 2020, module: true, toplevel: true })).code!,
  ],
  ['streams', linkedByNewerEmscripten(), (code) => code],
  [
    'streams, minified by esbuild',
    linkedByNewerEmscripten(),
    async (code) => (await transform(code, { minify: true })).code,
  ],
]

describe.each(glues)('glue that %s', (_, { glue, fileName, wasm }, minifyGlue) => {
  test('is verified, repaired, and finds the method by whatever name there is: one lookup and one store', async () => {
    const linked = await minifyGlue(glue)
    const folder = makeFolder({ 'index.html': page, 'glue.mjs': linked, [fileName]: wasm })
    expect(await run('verify', folder)).toMatchObject({ code: 0 })

    // What another tool adds at the end: a section of its own.
    const changed = Buffer.concat([wasm, Buffer.from([0, 2, 1, 0x61])])
    writeFileSync(join(folder, fileName), changed)
    expect(await run('verify', folder)).toMatchObject({ code: 1, stdout: expect.stringContaining('stale') })
    expect(await run('repair', folder)).toMatchObject({ code: 0 })
    expect(await run('verify', folder)).toMatchObject({ code: 0 })
    expect(readFileSync(join(folder, 'glue.mjs'), 'utf8')).toBe(
      linked.replaceAll(hashOf(wasm), hashOf(changed)),
    )

    expect(await run('inject', folder)).toMatchObject({ code: 0 })
    const injected = readFileSync(join(folder, 'glue.mjs'), 'utf8')
    expect(injected).toContain('getFileHandle')
    expect(injected).not.toContain('cosFetch_')
    expect((await run('inject', folder)).stdout).toContain('Nothing to change')

    for (const method of ['getFileHandle', 'requestFileHandle', 'requestFileHandles'] as const) {
      const host = await startCosHost({ methods: [method] })
      const html = withScript(host.scriptUrl)
      const [first, second] = await Promise.all([serve(folder, { html }), serve(folder, { html })])
      const context = await browser.newContext()
      const asked = storageRequests(context, host.url)

      const written = context.waitForEvent('requestfinished', (request) => request.url().includes('/write/'))
      expect((await visit(context, first.url)).result).toBe('42')
      await written
      expect(asked).toEqual(['lookup', 'write'])
      expect(first.requested(/\.wasm$/)).toHaveLength(1)
      expect(host.entries()).toMatchObject([{ hash: hashOf(changed), everyone: true }])

      const hit = await visit(context, second.url)
      expect(hit.result).toBe('42')
      expect(asked).toEqual(['lookup', 'write', 'lookup', 'read'])
      expect(second.requested(/\.wasm$/)).toEqual([])
      await context.close()
      await Promise.all([host, first, second].map((server) => server.close()))
    }
  })
})
