import { mkdtemp, rm, mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { withExtension } from '@wasm-cos/harness'
import { expect, test } from 'vitest'
import { instrument } from '../instrumented.ts'
import { html, startServer } from '../server.ts'
import { right, sha256 } from '../site.ts'

// A content script of an extension has no element in the page: only the extension tells where its files are.

const manifest = {
  manifest_version: 3,
  name: 'content script',
  version: '1',
  background: { service_worker: 'background.js' },
  content_scripts: [{ matches: ['http://localhost/*'], js: ['storage.js', 'content.js'] }],
  web_accessible_resources: [{ resources: ['assets/*'], matches: ['http://localhost/*'] }],
}

/** A storage for the world of content scripts, with one file. */
const storage = `
navigator.crossOriginStorage = {
  async getFileHandle({ value }) {
    if (value !== '${sha256(right)}') throw new DOMException('', 'NotFoundError')
    document.documentElement.dataset.found = value
    return { getFile: async () => new File([new Uint8Array([${right.join()}])], '') }
  },
}`

const content = `
WebAssembly.instantiateStreaming(fetch(chrome.runtime.getURL('assets/answer.wasm'))).then(
  ({ instance }) => (document.documentElement.dataset.answer = instance.exports.answer()),
  (error) => (document.documentElement.dataset.answer = error),
)`

test('a content script finds its wasm in the storage', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wasm-cos-extension-'))
  const files = {
    'manifest.json': JSON.stringify(manifest),
    'background.js': '',
    'storage.js': storage,
    'content.js': instrument(content, 'script', { final: true }),
    'assets/answer.wasm': right,
  }
  await mkdir(join(folder, 'assets'))
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
  const server = await startServer({ '/': html() })
  const context = await withExtension(folder)
  const page = await context.newPage()
  await page.goto(server.origin)
  await page.waitForFunction(() => 'answer' in document.documentElement.dataset)
  expect(await page.evaluate(() => ({ ...document.documentElement.dataset }))).toEqual({
    answer: '42',
    found: sha256(right),
  })
  await context.close()
  await server.close()
  await rm(folder, { recursive: true, force: true })
})
