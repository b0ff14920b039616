import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startCosHost } from '@wasm-cos/cos-host'
import { makeWasm } from '@wasm-cos/harness'
import { expectLoads } from '@wasm-cos/harness/loads'
import { shareBrowser } from '@wasm-cos/harness/set-up'
import { afterAll, beforeAll, test } from 'vitest'
import { builds } from './testing/builds.ts'

const root = join(import.meta.dirname, '..')

const shared = shareBrowser(() => startCosHost())
let parent: string

beforeAll(async () => {
  await mkdir(join(root, '.cache'), { recursive: true })
  parent = await mkdtemp(join(root, '.cache/app-'))
})

afterAll(() => rm(parent, { recursive: true, force: true, maxRetries: 5 }))

const main = `import init, { wasmHash } from './answer.wasm?cos'
init().then(({ exports }) => {
  document.querySelector('#result').textContent = exports.answer() + ' ' + wasmHash.value.length
  document.documentElement.dataset.state = 'done'
})`

test.each(Object.keys(builds))(
  '%s: an explicit import is downloaded by one origin and found by the other',
  { timeout: 120_000 },
  async (name) => {
    const folder = join(parent, name)
    await mkdir(folder)
    await writeFile(join(folder, 'package.json'), '{"type":"module","private":true}')
    await writeFile(join(folder, 'main.js'), main)
    await writeFile(join(folder, 'answer.wasm'), makeWasm(42))
    await builds[name]!(folder)

    const out = join(folder, 'out')
    const entry = (await readdir(out, { recursive: true })).find((file) =>
      /(^|[\\/])main[^\\/]*\.js$/.test(file),
    )
    await writeFile(
      join(out, 'page.html'),
      `<!doctype html><html><head><meta charset="utf-8"><script type="module" src="${entry}"></script></head><body><pre id="result"></pre></body></html>`,
    )
    await expectLoads(shared, out, { result: '42 64', path: 'page.html' })
  },
)
